//! Faults before anything was read: each ends in one sentence that names the source and a cure, and leaves nothing.

use std::time::Duration;

use crate::databases::load::load;
use crate::databases::rows::Rows;
use crate::databases::spelling::Spelling;
use crate::servers::proxy::{Fault, Proxy};
use crate::servers::{Database, Dialect, READER, SECRET, Server, free_port};

use super::workspace::{RUN, Workspace};
use super::{loaded, on_servers, side_by_side};

/// Connections that one run asks for before it gives up.
const ATTEMPTS: usize = 3;

fn address(database: &Database) -> String {
    format!("127.0.0.1:{}", database.port)
}

#[test]
fn a_wrong_password_is_told_from_a_wrong_user_and_database() {
    on_servers(|dialect| {
        let database = loaded(dialect);
        let workspace = Workspace::reading(database, "").with_password("Rahasia-yang-lain");
        let ran = workspace.fails(1, &[&address(database), "password"]);
        assert!(!ran.stderr.contains("yang-lain"), "{}", ran.all());

        let workspace = Workspace::new();
        let url = database.url().replace(READER, "bukan_siapa_siapa");
        workspace.source(database, &url, "");
        workspace.fails(1, &[&address(database), "bukan_siapa_siapa"]);

        let url = database.url().replace(&database.name, "tidak_ada");
        workspace.source(database, &url, "");
        workspace.fails(1, &[&address(database), "tidak_ada"]);
    });
}

#[test]
fn a_password_that_is_nowhere_is_a_mistake_in_the_settings() {
    on_servers(|dialect| {
        let database = loaded(dialect);
        for (password, word) in [
            (
                "password = { env = \"TEPAT_UJI_TIDAK_ADA\" }",
                "TEPAT_UJI_TIDAK_ADA",
            ),
            ("password = { file = \"tidak-ada.txt\" }", "tidak-ada.txt"),
            (
                "password = { credential = \"sandi\" }",
                "CREDENTIALS_DIRECTORY",
            ),
        ] {
            let workspace = Workspace::new();
            workspace.settings(&format!(
                "[source]\nurl = \"{}\"\n{password}\n",
                database.url()
            ));
            workspace.fails(2, &[word]);
        }
    });
}

#[test]
fn the_password_may_stand_in_a_file_that_only_its_owner_reads() {
    use std::os::unix::fs::PermissionsExt;
    for dialect in Dialect::SERVERS {
        let database = loaded(dialect);
        let workspace = Workspace::new();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("sandi");
        let source = |more: &str| {
            workspace.settings(&format!("[source]\nurl = \"{}\"\n{more}\n", database.url()));
        };
        source(&format!("password = {{ file = \"{}\" }}", file.display()));
        std::fs::write(&file, format!("{SECRET}\n")).unwrap();
        for (mode, code) in [(0o644, 2), (0o640, 2), (0o600, 0), (0o400, 0)] {
            std::fs::set_permissions(&file, PermissionsExt::from_mode(mode)).unwrap();
            let ran = workspace.run(&RUN).exits(code);
            workspace.keeps_its_secret(&ran);
        }
    }
}

#[test]
fn a_url_with_a_password_or_parameters_is_refused_without_repeating_it() {
    on_servers(|dialect| {
        let database = loaded(dialect);
        let workspace = Workspace::new();
        let with = database
            .url()
            .replace(READER, &format!("{READER}:Rahasia123"));
        let parameters = [
            format!("{}?password=Rahasia123", database.url()),
            format!("{}?sslmode=disable&x=Rahasia123", database.url()),
        ];
        for url in [with].into_iter().chain(parameters) {
            workspace.settings(&format!("[source]\nurl = \"{url}\"\n"));
            let before = workspace.made();
            let ran = workspace.run(&RUN);
            assert_eq!(ran.code, Some(2), "{}", ran.all());
            assert!(!ran.stderr.contains("hasia"), "{}", ran.all());
            assert_eq!(before, workspace.made());
        }
    });
}

#[test]
fn where_nothing_listens_the_address_is_named() {
    on_servers(|dialect| {
        let database = loaded(dialect);
        let port = free_port();
        let workspace = Workspace::new();
        workspace.source(database, &database.url_at("127.0.0.1", port), "");
        workspace.fails(1, &[&format!("127.0.0.1:{port}")]);
        workspace.source(database, &database.url_at("tidak-ada.invalid", port), "");
        workspace.fails(1, &["tidak-ada.invalid"]);
        workspace.source(database, &database.url(), "socket = \"/tidak/ada\"");
        workspace.fails(1, &["/tidak/ada"]);
    });
}

#[test]
fn a_server_is_reached_through_its_socket() {
    on_servers(|dialect| {
        let database = loaded(dialect);
        let socket = crate::servers::shared(dialect).socket();
        let socket = format!("socket = \"{}\"", socket.display());
        let nowhere = database.url_at("127.0.0.1", database.port);
        let workspace = Workspace::new();
        workspace.source(database, &nowhere, &socket);
        let edition = workspace.publishes();
        let over_tcp = Workspace::reading(database, "").publishes();
        assert_eq!(edition.digest, over_tcp.digest);
    });
}

#[test]
fn a_server_that_starts_late_is_waited_for() {
    on_servers(|dialect| {
        let database = loaded(dialect);
        side_by_side(
            [
                (Fault::None, 1),
                (Fault::RefusedTimes(ATTEMPTS - 1), ATTEMPTS),
                (Fault::RefusedFor(Duration::from_millis(1_500)), ATTEMPTS),
            ],
            |(fault, attempts)| {
                let proxy = Proxy::to(database.port, fault);
                let workspace = Workspace::new();
                workspace.source(database, &database.url_at("127.0.0.1", proxy.port), "");
                workspace.publishes();
                let asked = proxy.attempts();
                assert!(
                    (1..=attempts).contains(&asked),
                    "{dialect:?} {fault:?}: {asked}"
                );
            },
        );
    });
}

#[test]
fn a_connection_lost_before_the_first_row_is_tried_three_times() {
    on_servers(|dialect| {
        let database = loaded(dialect);
        // In the greeting, and in the exchange of the password.
        side_by_side(
            [
                Fault::CutAfter(0),
                Fault::CutAfter(5),
                Fault::ResetAfter(0),
                Fault::ResetAfter(100),
            ],
            |fault| {
                let proxy = Proxy::to(database.port, fault);
                let workspace = Workspace::new();
                workspace.source(database, &database.url_at("127.0.0.1", proxy.port), "");
                let before = workspace.made();
                let ran = workspace.run(&RUN);
                workspace.failed(&before, &ran, 1, &[&format!("127.0.0.1:{}", proxy.port)]);
                assert_eq!(
                    proxy.attempts(),
                    ATTEMPTS,
                    "{dialect:?} {fault:?}\n{}",
                    ran.all()
                );
            },
        );
    });
}

#[test]
fn a_server_that_says_nothing_is_given_up() {
    on_servers(|dialect| {
        let database = loaded(dialect);
        side_by_side([0, 60], |bytes| {
            let proxy = Proxy::to(database.port, Fault::SilentAfter(bytes));
            let workspace = Workspace::new();
            let url = database.url_at("127.0.0.1", proxy.port);
            workspace.source(database, &url, "connect_seconds = 1");
            let before = workspace.made();
            let ran = workspace.run(&RUN);
            workspace.failed(&before, &ran, 1, &["connect_seconds"]);
            assert!(ran.took < Duration::from_secs(20), "{}", ran.all());
        });
    });
}

#[test]
fn a_server_out_of_connections_says_so() {
    for (dialect, settings) in [
        (
            Dialect::Postgres,
            "max_connections = 5\nmax_wal_senders = 0",
        ),
        (Dialect::Mariadb, "max_connections = 10"),
    ] {
        let server = Server::start(dialect, settings, None);
        let database = server.database();
        load(&database, Spelling::plain(dialect), &Rows::synthetic(2, 29));
        let workspace = Workspace::reading(&database, "");
        let idle = database.all_connections();
        assert!(idle.len() >= 3, "{} idle sessions", idle.len());
        workspace.fails(1, &[&format!("127.0.0.1:{}", server.port), "connections"]);
        drop(idle);
        database.wait_until_idle();
        workspace.publishes();
    }
}
