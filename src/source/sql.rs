//! The little that must be known of a query's text before it is sent: its tokens, and that it is one SELECT.
//!
//! In: text, a dialect. Out: tokens that together are the text again; or the reason why it is not one SELECT. This is no parser:
//! whether the query is sound, the database says. The session is read-only in any case; this keeps apart what a read-only
//! session would still let through (a second statement, files written by the server).
//!
//! Rules of comments and quotation: PostgreSQL 17, 4.1 (nested comments, dollar quotes, `E''`); MySQL 8.4, 9.1 and 9.7
//! (backslashes, `#`, `-- ` only before white space); SQLite, "SQL Language Expressions" and "Comments".

use super::address::Dialect;

/// A piece of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// White space, or a comment.
    Nothing(&'a str),
    /// A comment that MySQL and MariaDB execute.
    Executed(&'a str),
    /// Quoted text or a quoted name.
    Quoted(&'a str),
    Word(&'a str),
    /// `:name`.
    Parameter(&'a str),
    /// Any other character; `::` is one.
    Symbol(&'a str),
}

impl<'a> Token<'a> {
    /// The text it is.
    pub fn text(self) -> &'a str {
        match self {
            Token::Nothing(t)
            | Token::Executed(t)
            | Token::Quoted(t)
            | Token::Word(t)
            | Token::Parameter(t)
            | Token::Symbol(t) => t,
        }
    }
}

/// Accepts exactly one statement that begins as a reading one and writes nothing anywhere.
///
/// # Errors
/// What it is instead, as the end of a sentence.
pub fn one_select(sql: &str, dialect: Dialect) -> Result<(), &'static str> {
    let (mut begun, mut ended) = (false, false);
    for token in tokens(sql, dialect) {
        match token {
            Token::Nothing(_) => continue,
            Token::Executed(_) => {
                return Err("holds a comment that MySQL executes (`/*!`): take it out");
            }
            Token::Symbol(";") => ended |= begun,
            _ if ended => return Err("holds more than one statement: leave one SELECT in it"),
            Token::Word(word) if word.eq_ignore_ascii_case("into") => {
                return Err("writes with INTO: only reading is allowed, take INTO out");
            }
            Token::Word(word) if !begun => {
                if !["select", "with", "values", "table"]
                    .contains(&word.to_ascii_lowercase().as_str())
                {
                    return Err(
                        "does not begin with SELECT or WITH: only reading is allowed, write one SELECT",
                    );
                }
                begun = true;
            }
            Token::Symbol("(") | Token::Symbol("\u{FEFF}") if !begun => {}
            _ if !begun => return Err("does not begin with SELECT or WITH: write one SELECT"),
            _ => {}
        }
    }
    match begun {
        true => Ok(()),
        false => {
            Err("holds no statement: write one SELECT, or delete the file to use the shipped query")
        }
    }
}

/// The tokens of a query.
pub fn tokens(sql: &str, dialect: Dialect) -> impl Iterator<Item = Token<'_>> {
    let mut rest = sql;
    let mut before = "";
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let token = token(rest, first, before, dialect);
        rest = &rest[token.text().len()..];
        before = token.text();
        Some(token)
    })
}

fn token<'a>(sql: &'a str, first: char, before: &str, dialect: Dialect) -> Token<'a> {
    let upto = |length: usize| &sql[..length];
    if first.is_whitespace() {
        return Token::Nothing(upto(length_while(sql, char::is_whitespace)));
    }
    if let Some(length) = comment(sql, dialect) {
        let executed =
            dialect == Dialect::MySql && (sql.starts_with("/*!") || sql.starts_with("/*M!"));
        return match executed {
            true => Token::Executed(upto(length)),
            false => Token::Nothing(upto(length)),
        };
    }
    if let Some(length) = quoted(sql, first, before, dialect) {
        return Token::Quoted(upto(length));
    }
    if is_word(first) {
        return Token::Word(upto(length_while(sql, is_word)));
    }
    if sql.starts_with("::") {
        return Token::Symbol(upto(2));
    }
    if first == ':' && sql[1..].starts_with(is_word) {
        return Token::Parameter(upto(1 + length_while(&sql[1..], is_word)));
    }
    Token::Symbol(upto(first.len_utf8()))
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn length_while(sql: &str, fits: impl Fn(char) -> bool) -> usize {
    sql.find(|c| !fits(c)).unwrap_or(sql.len())
}

/// Length of the comment that `sql` begins with.
fn comment(sql: &str, dialect: Dialect) -> Option<usize> {
    let line = || Some(sql.find('\n').map_or(sql.len(), |at| at + 1));
    if let Some(after) = sql.strip_prefix("--") {
        let is_comment = match dialect {
            Dialect::MySql => after
                .chars()
                .next()
                .is_none_or(|c| c.is_whitespace() || c.is_control()),
            Dialect::Postgres | Dialect::Sqlite => true,
        };
        return is_comment.then(line).flatten();
    }
    if sql.starts_with('#') && dialect == Dialect::MySql {
        return line();
    }
    if !sql.starts_with("/*") {
        return None;
    }
    let (mut depth, mut at) = (1, 2);
    while depth > 0 {
        let rest = &sql[at..];
        let end = rest.find("*/");
        let nested = rest.find("/*").filter(|_| dialect == Dialect::Postgres);
        match (nested, end) {
            (Some(open), Some(close)) if open < close => {
                depth += 1;
                at += open + 2;
            }
            (_, Some(close)) => {
                depth -= 1;
                at += close + 2;
            }
            (_, None) => return Some(sql.len()),
        }
    }
    Some(at)
}

/// Length of the quotation that `sql` begins with; `before` is the token before it.
fn quoted(sql: &str, first: char, before: &str, dialect: Dialect) -> Option<usize> {
    let escapes = match dialect {
        Dialect::MySql => first == '\'' || first == '"',
        Dialect::Postgres => first == '\'' && before.eq_ignore_ascii_case("e"),
        Dialect::Sqlite => false,
    };
    match (first, dialect) {
        ('\'' | '"', _) | ('`', Dialect::MySql | Dialect::Sqlite) => {
            Some(closed(sql, first, escapes))
        }
        ('[', Dialect::Sqlite) => Some(sql.find(']').map_or(sql.len(), |at| at + 1)),
        ('$', Dialect::Postgres) if !before.ends_with(is_word) => {
            let tag = 1 + length_while(&sql[1..], is_word);
            let numbered = sql[1..].starts_with(|c: char| c.is_ascii_digit());
            if numbered || !sql[tag..].starts_with('$') {
                return None;
            }
            let (mark, body) = sql.split_at(tag + 1);
            Some(
                body.find(mark)
                    .map_or(sql.len(), |at| mark.len() + at + mark.len()),
            )
        }
        _ => None,
    }
}

/// Length up to the closing quote. A doubled quote ends one quotation and begins the next, which comes to the same.
fn closed(sql: &str, quote: char, escapes: bool) -> usize {
    let mut characters = sql.char_indices().skip(1);
    while let Some((at, c)) = characters.next() {
        if c == '\\' && escapes {
            characters.next();
        } else if c == quote {
            return at + 1;
        }
    }
    sql.len()
}

#[cfg(test)]
mod tests {
    use super::Dialect::{MySql, Postgres, Sqlite};
    use super::*;

    #[test]
    fn exactly_one_select_is_accepted() {
        for (fine, dialects) in [
            ("SELECT 1", &Dialect::ALL[..]),
            (
                "\u{FEFF}SELECT 1;\n-- the end; really\n/* ; */",
                &Dialect::ALL,
            ),
            (
                "-- header; with semicolons\nselect 'it''s; fine', \"a;b\"",
                &Dialect::ALL,
            ),
            ("WITH x AS (SELECT 1) SELECT * FROM x;", &Dialect::ALL),
            ("(SELECT 1) UNION (SELECT 2)", &Dialect::ALL),
            ("SELECT [c;d], `e;f` FROM t", &[Sqlite]),
            ("SELECT $$;$$, $a$ $$ ; $a$, $1", &[Postgres]),
            ("SELECT E'\\';' /* /* ; */ ; */", &[Postgres]),
            ("SELECT '\\';', \"\\\";\" # ;\n", &[MySql]),
            ("SELECT 1 --\t;\n", &[MySql]),
        ] {
            for dialect in dialects {
                assert_eq!(one_select(fine, *dialect), Ok(()), "{fine}");
                let again: String = tokens(fine, *dialect).map(Token::text).collect();
                assert_eq!(again, fine);
            }
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for (wrong, dialects) in [
            ("", &Dialect::ALL[..]),
            ("-- nothing", &Dialect::ALL),
            (";;", &Dialect::ALL),
            ("SELECT 1; DROP TABLE cases", &Dialect::ALL),
            ("SELECT 1; -- x\n SELECT 2;", &Dialect::ALL),
            ("DELETE FROM cases", &Dialect::ALL),
            ("EXPLAIN ANALYZE DELETE FROM cases", &Dialect::ALL),
            ("COPY (SELECT 1) TO PROGRAM 'x'", &Dialect::ALL),
            ("CALL p()", &Dialect::ALL),
            ("'SELECT'", &Dialect::ALL),
            ("SELECT 1 INTO OUTFILE '/tmp/x'", &Dialect::ALL),
            ("SELECT 1 into t", &Dialect::ALL),
            // What hides a second statement in one dialect is plain in another.
            ("SELECT '\\'; DROP TABLE cases; -- '", &[Postgres, Sqlite]),
            ("SELECT $$;$$", &[MySql, Sqlite]),
            ("SELECT /* /* */ ; DROP TABLE cases -- */", &[MySql, Sqlite]),
            ("SELECT 1 --1; DROP TABLE cases", &[MySql]),
            ("SELECT 1 # ; DROP TABLE cases\n; SELECT 2", &[MySql]),
            ("SELECT a$b$;$b$", &[MySql, Sqlite, Postgres]),
            ("SELECT 1 /*! ; DROP TABLE cases */", &[MySql]),
            ("SELECT 1 /*M! , 2 */", &[MySql]),
        ] {
            for dialect in dialects {
                assert!(one_select(wrong, *dialect).is_err(), "{dialect:?} {wrong}");
            }
        }
    }
}
