//! Values that are SQL, and queries that are more than one SELECT: nothing of the source changes.

use crate::databases::load::load;
use crate::databases::rows::{INJECTION, Rows};
use crate::databases::spelling::Spelling;
use crate::servers::dump::dump;
use crate::servers::{Database, Dialect};

use super::workspace::{RUN, Workspace};

/// A small database of its own, with things that queries might change.
fn small(workspace: &Workspace, dialect: Dialect) -> Database {
    let database = workspace.database(dialect);
    let mut rows = Rows::synthetic(2, 29);
    rows.plain(INJECTION, "2026-05-04 09:00", true);
    load(&database, Spelling::plain(dialect), &rows);
    database.run(match dialect {
        Dialect::Sqlite => "SELECT 1",
        Dialect::Postgres => {
            "CREATE SEQUENCE nomor;
             GRANT ALL ON SEQUENCE nomor TO pembaca;
             CREATE FUNCTION hapus() RETURNS text LANGUAGE plpgsql VOLATILE AS
                 $$ BEGIN DELETE FROM steps; RETURN 'x'; END $$;
             CREATE PROCEDURE kosongkan() LANGUAGE plpgsql AS $$ BEGIN DELETE FROM steps; COMMIT; END $$"
        }
        Dialect::Mariadb => {
            "CREATE TABLE catatan (isi TEXT) ENGINE = Aria;
             CREATE FUNCTION hapus() RETURNS INT DETERMINISTIC MODIFIES SQL DATA
                 BEGIN DELETE FROM steps; INSERT INTO catatan VALUES ('x'); RETURN 1; END;
             CREATE PROCEDURE kosongkan() BEGIN COMMIT; DELETE FROM steps; SELECT * FROM cases; END"
        }
    });
    workspace.source(&database, &database.url(), "look_back_days = 3650");
    database
}

/// A query that a run must refuse without changing anything.
fn refused(workspace: &Workspace, database: &Database, sql: &str, words: &[&str]) {
    let before = dump(database);
    workspace.query(database.dialect, "cases", sql);
    let ran = workspace.run(&RUN);
    let name = format!("{:?}: {sql}", database.dialect);
    assert!(matches!(ran.code, Some(1 | 2)), "{name}\n{}", ran.all());
    assert!(
        before == dump(database),
        "{name} changed the database\n{}",
        ran.all()
    );
    for word in words {
        assert!(ran.stderr.contains(word), "{name}\n{}", ran.all());
    }
    let sentences = ran
        .stderr
        .lines()
        .filter(|l| l.starts_with("tepat: "))
        .count();
    assert_eq!(sentences, 1, "{name}\n{}", ran.all());
}

#[test]
fn a_case_id_that_is_sql_arrives_whole_and_harms_nothing() {
    for dialect in Dialect::ALL {
        let workspace = Workspace::new();
        let database = small(&workspace, dialect);
        let before = dump(&database);
        workspace.publishes();
        workspace.run(&["check"]);
        let ran = workspace
            .run(&["explain", INJECTION, "--as-of", "2026-06-01"])
            .exits(0);
        assert!(ran.stdout.contains(INJECTION), "{}", ran.all());
        assert!(before == dump(&database), "{dialect:?}");
    }
}

/// Two statements, the second hidden; `{q}` is a query that fits the contract.
fn two_statements(dialect: Dialect) -> Vec<&'static str> {
    let mut all = vec![
        "{q}; DROP TABLE cases",
        "{q};\n\n  DROP TABLE cases;",
        "{q}; /* ; */ DROP TABLE cases -- ;",
        "-- satu\n{q} /* '; */; -- dua\nDROP TABLE cases",
        "{q} WHERE channel <> 'a'';b'; DROP TABLE cases --'",
        "{q} WHERE channel <> \";\"; DROP TABLE cases",
        "DROP TABLE cases; {q}",
        ";;{q};;DROP TABLE cases",
    ];
    all.extend(match dialect {
        // A backslash does not hide the quote that ends a text.
        Dialect::Sqlite | Dialect::Postgres => {
            vec!["{q} WHERE channel <> '\\'; DROP TABLE cases; --'"]
        }
        Dialect::Mariadb => vec![
            // A double backslash is one, and the quote after it ends the text.
            "{q} WHERE channel <> '\\\\'; DROP TABLE cases; -- '",
            "{q} WHERE channel <> \"\\\\\"; DROP TABLE cases; -- \"",
            // Two dashes without a blank are no comment: 1 minus minus 1.
            "{q} WHERE 1 --1; DROP TABLE cases",
            // Comments that are executed.
            "{q} /*! ; DROP TABLE cases */",
            "{q} /*!50000 ; DROP TABLE cases */",
            "{q} /*M! ; DROP TABLE cases */",
            "{q} /*M!100100 ; DROP TABLE cases */",
            "{q} # ; selesai\n; DROP TABLE cases",
            // Comments do not nest: this one ends at the first mark.
            "{q} /* /* */; DROP TABLE cases; -- */",
        ],
    });
    all.extend(match dialect {
        Dialect::Postgres => vec![
            "{q} WHERE channel <> $$;$$; DROP TABLE cases",
            "{q} WHERE channel <> $a$;$$;$a$; DROP TABLE cases; --$$",
            "{q} WHERE channel <> E'\\\\'; DROP TABLE cases; --'",
            "{q} WHERE channel <> E'\\'' ; DROP TABLE cases; --'",
            // Comments nest.
            "{q} /* /* ; */ ; */ ; DROP TABLE cases",
            // A dollar inside a name begins no text.
            "{q} AS a$$ ; DROP TABLE cases; SELECT 1 AS b$$",
            "{q} WHERE channel <> U&'\\'; DROP TABLE cases; --'",
        ],
        Dialect::Sqlite => vec![
            "{q} /* /* */; DROP TABLE cases; -- */",
            "{q} AS [a;b]; DROP TABLE cases",
        ],
        Dialect::Mariadb => vec!["{q} AS `a;b`; DROP TABLE cases"],
    });
    all
}

#[test]
fn a_query_of_two_statements_is_refused_however_it_is_hidden() {
    for dialect in Dialect::ALL {
        let workspace = Workspace::new();
        let database = small(&workspace, dialect);
        for sql in two_statements(dialect) {
            let sql = sql.replace("{q}", "SELECT * FROM cases");
            refused(&workspace, &database, &sql, &["queries/", "cases.sql"]);
        }
    }
}

#[test]
fn one_statement_that_looks_like_two_is_read() {
    for dialect in Dialect::ALL {
        let workspace = Workspace::new();
        let database = small(&workspace, dialect);
        let mut fine = vec![
            "SELECT * FROM cases;",
            "SELECT * FROM cases WHERE service <> 'a;b' -- ; selesai",
            "/* ; */ SELECT * FROM cases /* ; 'tidak ditutup */ ; -- ;",
            "SELECT * FROM cases WHERE service <> 'it''s; fine'",
            "WITH c AS (SELECT * FROM cases) SELECT * FROM c",
        ];
        fine.extend(match dialect {
            Dialect::Sqlite => vec![
                "SELECT *, 1 AS [a;b] FROM cases",
                "SELECT *, 1 AS \"a;b\" FROM cases",
            ],
            Dialect::Postgres => vec![
                "SELECT * FROM cases WHERE service <> $$;$$",
                "SELECT * FROM cases WHERE service <> $a$;$b$;$$;$a$",
                "SELECT * FROM cases WHERE service <> E'\\';'",
                "SELECT * FROM cases /* /* ; */ ; */",
                "SELECT *, 1 AS \"a;b\" FROM cases",
            ],
            Dialect::Mariadb => vec![
                "SELECT * FROM cases WHERE service <> '\\';'",
                "SELECT * FROM cases WHERE service <> \"\\\";\"",
                "SELECT * FROM cases # ; selesai",
                "SELECT *, 1 AS `a;b` FROM cases",
            ],
        });
        let mut digests = std::collections::BTreeSet::new();
        for sql in fine {
            workspace.query(dialect, "cases", sql);
            digests.insert(workspace.publishes().digest);
        }
        assert_eq!(digests.len(), 1, "{dialect:?}");
        assert!(database.number("SELECT COUNT(*) FROM cases") > 0);
    }
}

/// Statements that write or would end the read-only transaction.
fn writing(dialect: Dialect) -> Vec<&'static str> {
    match dialect {
        Dialect::Sqlite => vec![
            "DELETE FROM steps RETURNING *",
            "INSERT INTO cases SELECT * FROM cases RETURNING *",
            "CREATE TABLE baru AS SELECT * FROM cases",
            "PRAGMA user_version = 7",
            "PRAGMA journal_mode = WAL",
            "VACUUM INTO 'salinan.db'",
            "ATTACH DATABASE 'lain.db' AS lain",
            "COMMIT",
        ],
        Dialect::Postgres => vec![
            "DELETE FROM steps RETURNING *",
            "INSERT INTO cases SELECT * FROM cases RETURNING *",
            "CREATE TABLE baru AS SELECT * FROM cases",
            "SELECT * INTO baru FROM cases",
            "WITH x AS (DELETE FROM steps RETURNING *) SELECT * FROM cases",
            "SELECT *, hapus() AS x FROM cases",
            "SELECT *, nextval('nomor') AS x FROM cases",
            "SELECT * FROM cases FOR UPDATE",
            "SELECT *, set_config('transaction_read_only', 'off', false) AS x FROM cases",
            "EXPLAIN ANALYZE DELETE FROM steps",
            "TRUNCATE steps",
            "CALL kosongkan()",
            "DO $$ BEGIN DELETE FROM steps; END $$",
            "COPY cases TO STDOUT",
            "COMMIT",
            "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
        ],
        Dialect::Mariadb => vec![
            "DELETE FROM steps RETURNING *",
            "INSERT INTO cases SELECT * FROM cases RETURNING *",
            "CREATE TABLE baru AS SELECT * FROM cases",
            "SELECT *, hapus() AS x FROM cases",
            "SELECT * FROM cases INTO OUTFILE '{file}'",
            "SELECT * INTO OUTFILE '{file}' FROM cases",
            "SELECT applicant INTO DUMPFILE '{file}' FROM cases LIMIT 1",
            "SELECT /*! applicant INTO DUMPFILE '{file}' */ FROM cases LIMIT 1",
            "SELECT COUNT(*) INTO @n FROM cases",
            "TRUNCATE steps",
            "CALL kosongkan()",
            "COMMIT",
            "START TRANSACTION READ WRITE",
            "SET SESSION TRANSACTION READ WRITE",
            "EXECUTE IMMEDIATE 'DELETE FROM steps'",
            "ANALYZE DELETE FROM steps",
        ],
    }
}

#[test]
fn a_query_that_writes_changes_nothing() {
    for dialect in Dialect::ALL {
        let workspace = Workspace::new();
        let database = small(&workspace, dialect);
        let folder = tempfile::tempdir().unwrap();
        let open = std::os::unix::fs::PermissionsExt::from_mode(0o777);
        std::fs::set_permissions(folder.path(), open).unwrap();
        let file = folder.path().join("keluar.txt");
        for sql in writing(dialect) {
            // What ends the transaction would leave the next query free to write.
            let steps = "DELETE FROM steps WHERE step = 6 RETURNING *";
            for steps in [None, Some(steps)] {
                workspace.query(dialect, "steps", steps.unwrap_or("SELECT * FROM steps"));
                let sql = sql.replace("{file}", &file.display().to_string());
                refused(&workspace, &database, &sql, &[]);
                assert!(!file.exists(), "{sql} wrote a file");
            }
        }
        let strange = ["salinan.db", "lain.db"].map(|n| workspace.path().join(n));
        assert!(strange.iter().all(|f| !f.exists()), "{strange:?}");
    }
}

#[test]
fn a_query_that_only_locks_or_makes_loose_ends_changes_nothing() {
    for (dialect, sql) in [
        (Dialect::Mariadb, "SELECT * FROM cases FOR UPDATE"),
        (
            Dialect::Mariadb,
            "SELECT *, GET_LOCK('x', 1) AS k FROM cases",
        ),
        (Dialect::Postgres, "SELECT *, lo_create(0) AS k FROM cases"),
        (
            Dialect::Postgres,
            "SELECT *, pg_advisory_lock(1)::text AS k FROM cases",
        ),
    ] {
        let workspace = Workspace::new();
        let database = small(&workspace, dialect);
        let before = dump(&database);
        workspace.query(dialect, "cases", sql);
        let ran = workspace.run(&RUN);
        assert!(before == dump(&database), "{sql}\n{}", ran.all());
    }
}
