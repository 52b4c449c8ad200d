//! The address of a database, as `tepat.toml` writes it.
//!
//! In: a URL. Out: [`Address`], or the end of a sentence that says what is wrong with it. An address never holds a secret: a
//! URL with a password is refused, and no message repeats it.

use std::fmt;
use std::path::{Path, PathBuf};

use url::Url;

/// The SQL a database speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialect {
    Sqlite,
    Postgres,
    /// MariaDB and MySQL.
    MySql,
}

impl Dialect {
    /// All dialects.
    pub const ALL: [Dialect; 3] = [Dialect::Sqlite, Dialect::Postgres, Dialect::MySql];

    /// Its folder in `queries/`.
    pub fn folder(self) -> &'static str {
        match self {
            Dialect::Sqlite => "sqlite",
            Dialect::Postgres => "postgres",
            Dialect::MySql => "mysql",
        }
    }
}

/// A server and a database on it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Server {
    pub dialect: Dialect,
    pub user: String,
    pub host: String,
    pub port: u16,
    pub database: String,
    /// Instead of host and port: PostgreSQL's folder of sockets, MariaDB's or MySQL's socket file.
    pub socket: Option<PathBuf>,
}

impl Server {
    /// Whether nothing leaves this machine: a socket, or a loopback address.
    pub fn is_local(&self) -> bool {
        let host = self.host.trim_start_matches('[').trim_end_matches(']');
        let loopback = host.parse::<std::net::IpAddr>().map(|ip| ip.is_loopback());
        self.socket.is_some() || loopback.unwrap_or(host == "localhost")
    }
}

/// Where a database is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Address {
    /// A file, relative to the workspace.
    Sqlite(PathBuf),
    Server(Server),
}

impl Address {
    /// The SQL spoken there.
    pub fn dialect(&self) -> Dialect {
        match self {
            Address::Sqlite(_) => Dialect::Sqlite,
            Address::Server(server) => server.dialect,
        }
    }

    /// Whether it is a server, which has columns of one type and a zone of its own.
    pub fn is_server(&self) -> bool {
        matches!(self, Address::Server(_))
    }

    /// Reads a URL; `socket` is the setting beside it.
    ///
    /// # Errors
    /// What is wrong and the cure, as the end of a sentence that names the setting; never the password.
    pub fn parse(url: &str, socket: Option<&Path>) -> Result<Self, String> {
        let file = url.strip_prefix("sqlite:");
        if let Some(file) = file.map(|rest| rest.strip_prefix("//").unwrap_or(rest)) {
            return match (file, socket) {
                ("", _) => Err("`sqlite:` names no file: write sqlite:PATH".to_owned()),
                (_, Some(_)) => {
                    Err("is an SQLite file, which has no socket: remove `socket`".to_owned())
                }
                (file, None) => Ok(Address::Sqlite(PathBuf::from(file))),
            };
        }
        let shown = without_secret(url);
        let parsed = Url::parse(url).map_err(|e| {
            format!("`{shown}` is no address ({e}): write sqlite:PATH, postgres://USER@HOST/DATABASE or mysql://USER@HOST/DATABASE")
        })?;
        server(&parsed, &shown, socket).map(Address::Server)
    }
}

fn server(url: &Url, shown: &str, socket: Option<&Path>) -> Result<Server, String> {
    let (dialect, port) = match url.scheme() {
        "postgres" | "postgresql" => (Dialect::Postgres, 5432),
        "mysql" | "mariadb" => (Dialect::MySql, 3306),
        other => {
            return Err(format!(
                "`{shown}` begins with `{other}`: write sqlite:PATH, postgres://USER@HOST/DATABASE or mysql://USER@HOST/DATABASE"
            ));
        }
    };
    if url.password().is_some() {
        return Err(format!(
            "`{shown}` holds a password: take it out, and name where it is kept with `password = {{ env = \"NAME\" }}`, `{{ file = \"FILE\" }}` or `{{ credential = \"NAME\" }}`"
        ));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(format!(
            "`{shown}` has something after `?` or `#`: take it out; socket, TLS and time-outs are settings of their own in [source]"
        ));
    }
    let decoded = |text: &str| {
        percent_encoding::percent_decode_str(text)
            .decode_utf8_lossy()
            .into_owned()
    };
    let database = decoded(url.path().trim_start_matches('/'));
    if database.is_empty() || database.contains('/') {
        return Err(format!(
            "`{shown}` names no database: write it after the host, as in postgres://USER@HOST/DATABASE"
        ));
    }
    let user = decoded(url.username());
    if user.is_empty() {
        return Err(format!(
            "`{shown}` names no user: write it before the host, as in postgres://USER@HOST/DATABASE"
        ));
    }
    let host = url.host_str().unwrap_or("localhost").to_owned();
    Ok(Server {
        dialect,
        user,
        host,
        port: url.port().unwrap_or(port),
        database,
        socket: socket.map(Path::to_path_buf),
    })
}

/// As messages and logs name it.
impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Address::Sqlite(file) => write!(f, "{}", file.display()),
            Address::Server(s) => {
                let scheme = match s.dialect {
                    Dialect::MySql => "mysql",
                    Dialect::Postgres | Dialect::Sqlite => "postgres",
                };
                match &s.socket {
                    Some(socket) => write!(
                        f,
                        "{scheme}://{}@/{} at {}",
                        s.user,
                        s.database,
                        socket.display()
                    ),
                    None => write!(
                        f,
                        "{scheme}://{}@{}:{}/{}",
                        s.user, s.host, s.port, s.database
                    ),
                }
            }
        }
    }
}

/// The address without what may be a secret: what stands before its last `@`; where the `@` was forgotten, all that follows a
/// second colon; and of one with `?` or `#` all but the scheme, since a password may stand behind them, or hold them.
pub fn without_secret(url: &str) -> String {
    let Some(scheme) = url.find(':') else {
        return url.to_owned();
    };
    let unclear = url.contains(['?', '#']);
    match (url.rfind('@'), url[scheme + 1..].find(':')) {
        (Some(at), _) if at > scheme && !unclear => format!("{}://…{}", &url[..scheme], &url[at..]),
        (None, None) if !unclear => url.to_owned(),
        _ => format!("{}://…", &url[..scheme]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(url: &str) -> Result<Address, String> {
        Address::parse(url, None)
    }

    #[test]
    fn addresses_of_each_dialect_are_read() {
        for (url, shown, local) in [
            (
                "postgres://tepat@db.example/izin",
                "postgres://tepat@db.example:5432/izin",
                false,
            ),
            (
                "postgresql://tepat@127.0.0.1:6000/izin",
                "postgres://tepat@127.0.0.1:6000/izin",
                true,
            ),
            (
                "mariadb://tepat@[::1]/izin",
                "mysql://tepat@[::1]:3306/izin",
                true,
            ),
            (
                "mysql://b%40c@localhost/izin",
                "mysql://b@c@localhost:3306/izin",
                true,
            ),
            (
                "mysql://tepat@10.0.0.1/izin",
                "mysql://tepat@10.0.0.1:3306/izin",
                false,
            ),
        ] {
            let Ok(Address::Server(server)) = parse(url) else {
                panic!("{url}");
            };
            assert_eq!(server.is_local(), local, "{url}");
            assert_eq!(Address::Server(server).to_string(), shown);
        }
        for url in ["sqlite:data/x.db", "sqlite://data/x.db"] {
            assert_eq!(parse(url), Ok(Address::Sqlite("data/x.db".into())));
        }
        let socket = Address::parse(
            "postgres://tepat@localhost/izin",
            Some(Path::new("/run/postgresql")),
        );
        assert!(matches!(socket, Ok(Address::Server(s)) if s.is_local()));
    }

    #[test]
    fn what_is_no_address_is_refused_and_a_password_is_never_repeated() {
        for (url, words) in [
            ("postgres://a:rahasia@db/izin", "holds a password"),
            (
                "postgres://a:rahasia@db/izin?sslmode=disable",
                "holds a password",
            ),
            ("postgres:a:rahasia@db", "postgres://…@db"),
            ("oracle://a:rahasia@db/izin", "begins with `oracle`"),
            ("mysql://a@db/izin?ssl-mode=DISABLED", "after `?`"),
            ("mysql://a@db/izin?password=rahasia", "`mysql://…` has"),
            ("mysql://a@db/izin?password=x@rahasia", "after `?`"),
            ("mysql://a@db/izin#rahasia", "after `?` or `#`"),
            ("mysql://a@db", "names no database"),
            ("postgres://db/izin", "names no user"),
            ("postgres://a@/izin", "is no address (empty host)"),
            ("sqlite:", "names no file"),
            ("data/office.db", "is no address"),
        ] {
            let message = parse(url).unwrap_err();
            assert!(message.contains(words), "{message}");
            assert!(!message.contains("rahasia"), "{message}");
        }
    }
}
