//! The private servers themselves: that they come, hold what they are given, and go.

use crate::databases::load::load;
use crate::databases::rows::Rows;
use crate::databases::spelling::SPELLINGS;
use crate::servers::dump::dump;
use crate::servers::{Database, Dialect, Server};

#[test]
fn every_spelling_holds_every_row() {
    let rows = Rows::dirty(4, 2);
    for spelling in SPELLINGS {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::new(spelling.dialect, folder.path());
        load(&database, spelling, &rows);
        for (table, wanted) in [("cases", rows.cases.len()), ("steps", rows.steps.len())] {
            let count = database.number(&format!("SELECT COUNT(*) FROM {table}"));
            assert_eq!(count, wanted as i64, "{}: {table}", spelling.name);
        }
        let before = dump(&database);
        assert_eq!(
            before,
            dump(&database),
            "{}: a dump is stable",
            spelling.name
        );
        database.run("DELETE FROM cases WHERE case_id = 'A-1'");
        assert_ne!(
            before,
            dump(&database),
            "{}: a dump sees a change",
            spelling.name
        );
    }
}

#[test]
fn a_server_goes_with_the_process_that_started_it() {
    for dialect in Dialect::SERVERS {
        let server = Server::start(dialect, "", None);
        let (port, socket) = (server.port, server.socket());
        assert!(socket.exists());
        drop(server);
        assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
        assert!(!socket.exists(), "its folder is gone");
    }
}
