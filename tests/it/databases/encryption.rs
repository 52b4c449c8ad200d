//! TLS: verified in full or refused, and never plain text instead.

use crate::databases::load::load;
use crate::databases::rows::Rows;
use crate::databases::spelling::Spelling;
use crate::servers::proxy::{Fault, Proxy};
use crate::servers::tls::Authority;
use crate::servers::{READER, Server};

use super::workspace::{RUN, Workspace};
use super::{loaded, on_servers};

/// Whether the bytes hold the word.
fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|w| w == word.as_bytes())
}

fn always(authority: Option<&Authority>) -> String {
    let ca = authority.map(|a| format!("ca_file = \"{}\"\n", a.ca().display()));
    format!("tls = \"always\"\n{}", ca.unwrap_or_default())
}

#[test]
fn a_server_is_believed_by_its_authority_and_name_only() {
    let (ours, other) = (
        Authority::new("DNS:localhost"),
        Authority::new("DNS:localhost"),
    );
    on_servers(|dialect| {
        let server = Server::start(dialect, "", Some(ours.path()));
        let database = server.database();
        load(&database, Spelling::plain(dialect), &Rows::synthetic(4, 29));
        let workspace = Workspace::new();
        let at = |host: &str, more: &str| {
            let proxy = Proxy::to(server.port, Fault::None);
            workspace.source(&database, &database.url_at(host, proxy.port), more);
            proxy
        };

        let proxy = at("localhost", &always(Some(&ours)));
        workspace.publishes();
        assert!(!holds(&proxy.said(), READER), "{dialect:?}: in plain text");
        assert!(
            !holds(&proxy.said(), "SELECT"),
            "{dialect:?}: in plain text"
        );

        // Another authority; none but the system's; the right authority for another name.
        for (host, authority) in [
            ("localhost", Some(&other)),
            ("localhost", None),
            ("127.0.0.1", Some(&ours)),
        ] {
            let proxy = at(host, &always(authority));
            workspace.fails(1, &[&format!("{host}:{}", proxy.port), "certificate"]);
            assert!(!holds(&proxy.said(), READER), "{dialect:?}: in plain text");
        }
    });
}

#[test]
fn a_server_without_tls_is_refused_and_told_nothing() {
    let ours = Authority::new("DNS:localhost");
    on_servers(|dialect| {
        let database = loaded(dialect);
        let proxy = Proxy::to(database.port, Fault::None);
        let workspace = Workspace::new();
        let url = database.url_at("localhost", proxy.port);
        workspace.source(database, &url, &always(Some(&ours)));
        workspace.fails(1, &[&format!("localhost:{}", proxy.port), "TLS"]);
        let said = proxy.said();
        assert!(
            !holds(&said, READER) && !holds(&said, &database.name),
            "{dialect:?}: {said:?}"
        );
    });
}

#[test]
fn settings_of_tls_that_cannot_be_meant_are_refused() {
    on_servers(|dialect| {
        let database = loaded(dialect);
        let workspace = Workspace::new();
        for (more, word) in [
            ("tls = \"prefer\"", "prefer"),
            ("tls = \"never\"", "never"),
            (
                "tls = \"always\"\nca_file = \"tidak-ada.pem\"",
                "tidak-ada.pem",
            ),
        ] {
            workspace.source(database, &database.url(), more);
            let before = workspace.made();
            let ran = workspace.run(&RUN).exits(2);
            assert!(ran.stderr.contains(word), "{}", ran.all());
            assert_eq!(before, workspace.made());
        }
    });
}
