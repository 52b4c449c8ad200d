//! Reads a workspace's cases and steps as a run does, everything that was ever recorded.

use std::path::Path;

use tepat::config::source::{Database, Place, Sources};
use tepat::instant::Instant;
use tepat::snapshot::{Cut, Snapshot};
use tepat::source::{Address, ImportKind, SourceError, Wanted, read};

use super::import::ZONE;

/// Reads the database that `url` names, else the embedded store, at a time after every date that tests write.
pub fn all(workspace: &Path, url: Option<&str>) -> Result<Snapshot, SourceError> {
    let at = |seconds| Instant::from_utc_seconds(seconds, ZONE);
    let default = url.map_or(Place::Store, |url| {
        Place::Database(Database {
            address: Address::parse(url, None).unwrap(),
            password: None,
            zone: None,
            tls_always: false,
            ca_file: None,
            connect_seconds: 10,
            statement_seconds: 60,
        })
    });
    let mut records = read(Wanted {
        workspace,
        sources: &Sources {
            default,
            own: Default::default(),
            look_back_days: 0,
        },
        kinds: &[ImportKind::Cases, ImportKind::Steps],
        zone: ZONE,
        ahead: at(4_000_000_000),
        since: None,
        progress: &|_| (),
    })?;
    let cut = Cut {
        as_of: at(5_000_000_000),
        bound: None,
        decides: &|_| None,
    };
    Ok(records.extract.view(&cut).unwrap())
}
