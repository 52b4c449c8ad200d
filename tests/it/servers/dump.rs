//! All that a database holds, as text, so that before and after can be compared.

use std::process::Command;

use super::database::Database;
use super::{ADMIN, ADMIN_PASSWORD, Dialect};

/// Tables, rows, functions and sequences: by the server's own dump program, or for SQLite the file itself.
pub fn dump(database: &Database) -> String {
    let port = database.port.to_string();
    let mut command = match database.dialect {
        Dialect::Sqlite => {
            let file = database.file.as_ref().expect("SQLite has a file");
            let bytes = std::fs::read(file).expect("the database file");
            return tepat::digest::sha256(&bytes);
        }
        Dialect::Postgres => {
            let mut command = Command::new("pg_dump");
            command
                .args(["--host=127.0.0.1", "--port", &port, "--username", ADMIN])
                .arg(&database.name)
                .env("PGPASSWORD", ADMIN_PASSWORD);
            command
        }
        Dialect::Mariadb => {
            let mut command = Command::new("mariadb-dump");
            command
                .args(["--no-defaults", "--protocol=tcp", "--host=127.0.0.1"])
                .args(["--port", &port, "--user", ADMIN])
                .args(["--skip-dump-date", "--routines", &database.name])
                .env("MYSQL_PWD", ADMIN_PASSWORD);
            command
        }
    };
    let output = command.output().expect("the dump program");
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaints}");
    let text = String::from_utf8_lossy(&output.stdout);
    // Newer versions of pg_dump mark each dump with a random word.
    text.lines()
        .filter(|line| !line.starts_with("\\restrict") && !line.starts_with("\\unrestrict"))
        .collect::<Vec<_>>()
        .join("\n")
}
