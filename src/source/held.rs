//! What a database's columns hold, and how it differs from the contract.
//!
//! In: the columns a query delivers, described by the database before the first row. Out: every difference at once, each with
//! what was found, what is wanted and the cure. No row is looked at here.

use std::fmt;

use super::files::columns::is_near;
use super::row::{Class, ImportKind, Need};

/// What a column's values are, by the type its database gives it. How each is read:
///
/// - `Utc`: PostgreSQL `timestamptz`, MySQL and MariaDB `TIMESTAMP`: an instant, whatever the zone of server or session;
/// - `Local`: `timestamp`, `DATETIME`: read in the `zone` of `[source]`, which has to be set;
/// - `Date`: 0.00 of that day there, else in the office's zone, since a date is a date anywhere in the office;
/// - `Whole` as an instant: UTC epoch microseconds; as yes or no: 1 and 0;
/// - `Text`: by the rules of [`super::value`] and [`super::moment`]; a time without offset in the `zone` of `[source]`;
/// - `Any`: SQLite, where each value has a type of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    Any,
    Bool,
    Whole,
    Real,
    Text,
    Json,
    Utc,
    Local,
    Date,
    /// A type that no column of the contract is read from.
    Other,
}

/// A column as its database describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Described {
    pub name: String,
    /// The database's own word for the type.
    pub type_name: String,
    pub held: Held,
}

/// One difference from the contract.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    pub column: String,
    pub found: String,
    pub wanted: String,
    pub cure: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "column `{}`: found {}, wanted {}: {}",
            self.column, self.found, self.wanted, self.cure
        )
    }
}

impl Class {
    /// In words, for messages.
    pub fn words(self) -> &'static str {
        match self {
            Class::Text => "text",
            Class::Whole => "a whole number",
            Class::YesNo => "yes or no (boolean, 1 or 0, ya/tidak, Y/T)",
            Class::Instant => "an instant (a time with zone, or UTC epoch microseconds)",
            Class::Date => "a date",
        }
    }
}

/// Compares columns with the contract of `kind`. `zone_known`: the settings say in which zone times without one are.
pub fn differences(kind: ImportKind, columns: &[Described], zone_known: bool) -> Vec<Difference> {
    let mut found = Vec::new();
    for field in kind.fields() {
        let mut own = columns.iter().filter(|c| c.name == field.name);
        let (first, second) = (own.next(), own.next());
        if second.is_some() {
            found.push(Difference {
                column: field.name.to_owned(),
                found: "two columns of this name".to_owned(),
                wanted: "one".to_owned(),
                cure: "rename one of them with AS".to_owned(),
            });
        }
        match first {
            Some(column) => found.extend(type_difference(field.class, column, zone_known)),
            None => found.extend(absence(kind, field.name, field.class, field.need, columns)),
        }
    }
    let has = |name: &str| columns.iter().any(|c| c.name == name);
    if kind == ImportKind::Steps && !has("started_at") && !has("completed_at") {
        found.push(Difference {
            column: "started_at".to_owned(),
            found: "neither it nor `completed_at`".to_owned(),
            wanted: "at least one of the two".to_owned(),
            cure: "deliver it, under this name".to_owned(),
        });
    }
    found
}

/// A column that is not there: a difference where it must be, or where a name nearly like it is.
fn absence(
    kind: ImportKind,
    name: &str,
    class: Class,
    need: Need,
    columns: &[Described],
) -> Option<Difference> {
    let unknown = |c: &&Described| !kind.fields().iter().any(|f| f.name == c.name);
    let near = columns
        .iter()
        .filter(unknown)
        .find(|c| is_near(&c.name, name));
    if need == Need::Optional && near.is_none() {
        return None;
    }
    let names: Vec<&str> = columns.iter().map(|c| c.name.as_str()).take(40).collect();
    Some(Difference {
        column: name.to_owned(),
        found: match near {
            Some(near) => format!("`{}`", near.name),
            None => format!("only {}", names.join(", ")),
        },
        wanted: class.words().to_owned(),
        cure: format!("deliver it with AS {name}"),
    })
}

fn type_difference(class: Class, column: &Described, zone_known: bool) -> Option<Difference> {
    let cure = match (class, column.held) {
        (_, Held::Any) => return None,
        (Class::Text, Held::Text | Held::Whole | Held::Json) => return None,
        (Class::Whole, Held::Whole | Held::Text | Held::Real) => return None,
        (Class::YesNo, Held::Bool | Held::Whole | Held::Text) => return None,
        (Class::Instant, Held::Utc | Held::Whole | Held::Text | Held::Date) => return None,
        (Class::Date, Held::Date | Held::Utc | Held::Local | Held::Text | Held::Whole) => {
            return None;
        }
        (Class::Instant, Held::Local) if zone_known => return None,
        (Class::Instant, Held::Local) => {
            "it has no zone, and none is guessed: say which it is in with `zone` in [source], e.g. \"Asia/Makassar\" or \"UTC\"".to_owned()
        }
        (Class::Text, _) => format!("CAST({} AS text) or CHAR", column.name),
        (Class::Whole, _) => "cast it to an integer".to_owned(),
        (Class::YesNo, _) => "write CASE WHEN ... THEN 1 ELSE 0 END".to_owned(),
        (Class::Instant, _) => {
            "convert it to a time with zone, or to whole microseconds as bigint".to_owned()
        }
        (Class::Date, _) => "cast it to date".to_owned(),
    };
    Some(Difference {
        column: column.name.clone(),
        found: column.type_name.clone(),
        wanted: class.words().to_owned(),
        cure,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(name: &str, held: Held) -> Described {
        Described {
            name: name.into(),
            type_name: format!("{held:?}").to_lowercase(),
            held,
        }
    }

    #[test]
    fn every_difference_is_told_at_once() {
        let columns = [
            column("case_id", Held::Other),
            column("servce", Held::Text),
            column("received_at", Held::Local),
            column("requires_recommendation", Held::Real),
            column("outcome", Held::Text),
            column("close_at", Held::Utc),
            column("due_on", Held::Date),
        ];
        let found = differences(ImportKind::Cases, &columns, false);
        let names: Vec<&str> = found.iter().map(|d| d.column.as_str()).collect();
        assert_eq!(
            names,
            [
                "case_id",
                "service",
                "received_at",
                "requires_recommendation",
                "closed_at"
            ]
        );
        assert!(
            found[1].to_string().contains("found `servce`"),
            "{}",
            found[1]
        );
        assert!(found[2].cure.contains("`zone` in [source]"));
        let known = differences(ImportKind::Cases, &columns, true);
        assert!(!known.iter().any(|d| d.column == "received_at"));
    }

    #[test]
    fn steps_need_one_time_and_no_name_twice() {
        let columns = [
            column("case_id", Held::Text),
            column("step", Held::Whole),
            column("step", Held::Whole),
        ];
        let found = differences(ImportKind::Steps, &columns, true);
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].found, "two columns of this name");
        assert!(found[1].found.contains("completed_at"));
    }
}
