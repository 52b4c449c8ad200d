//! One database of its own per test, with a reader who may only read it, and statements run on it as another program would.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::mysql::{MySqlConnectOptions, MySqlConnection, MySqlSslMode};
use sqlx::postgres::{PgConnectOptions, PgConnection, PgSslMode};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor};

use super::{ADMIN, ADMIN_PASSWORD, Dialect, Server, shared};

/// The account that `tepat` reads with.
pub const READER: &str = "pembaca";
/// Its password: with all that a URL, a shell and SQL would stumble over.
pub const SECRET: &str = "Rahasia:Kantor@42/%'\"\\ ?#&$";

/// A connection of any dialect.
pub enum Link {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
    Mariadb(MySqlConnection),
}

/// A database of one test.
pub struct Database {
    pub dialect: Dialect,
    pub name: String,
    pub port: u16,
    /// The file, of SQLite.
    pub file: Option<PathBuf>,
}

/// Sessions that are held open until they are dropped.
pub struct Idle {
    links: Vec<Link>,
    // After the links: they belong to it.
    _runtime: tokio::runtime::Runtime,
}

impl Idle {
    pub fn len(&self) -> usize {
        self.links.len()
    }
}

/// Runs a future to its end on this thread.
pub fn blocking<T>(work: impl Future<Output = T>) -> T {
    runtime().block_on(work)
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}

impl Server {
    /// Whether the administrator can log in.
    pub(super) fn answers(&self) -> bool {
        blocking(async {
            let opened = match self.dialect {
                Dialect::Mariadb => open(self.dialect, self.port, "mysql").await,
                _ => open(self.dialect, self.port, "postgres").await,
            };
            opened.is_ok()
        })
    }

    /// A new, empty database on this server that [`READER`] may read.
    pub fn database(&self) -> Database {
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        let name = format!("uji_{}", NUMBER.fetch_add(1, Ordering::Relaxed));
        let home = Database {
            dialect: self.dialect,
            name: match self.dialect {
                Dialect::Mariadb => "mysql".to_owned(),
                _ => "postgres".to_owned(),
            },
            port: self.port,
            file: None,
        };
        let secret = text_literal(self.dialect, SECRET);
        if self.dialect == Dialect::Mariadb {
            home.run(&format!(
                "CREATE DATABASE {name} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci;
                 CREATE USER IF NOT EXISTS {READER}@'%' IDENTIFIED BY {secret};
                 GRANT SELECT, EXECUTE, INSERT, UPDATE, DELETE, CREATE, DROP ON {name}.* TO {READER}@'%';
                 GRANT FILE ON *.* TO {READER}@'%';"
            ));
            return Database { name, ..home };
        }
        // CREATE DATABASE runs in no transaction, and a script of several statements is one.
        home.run(&format!("CREATE DATABASE {name}"));
        home.run(&format!(
            "DO $$ BEGIN CREATE ROLE {READER} LOGIN PASSWORD {secret};
             EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
        ));
        let database = Database { name, ..home };
        // Rights to write too: what keeps the program from writing must be the program.
        database.run(&format!(
            "GRANT ALL ON SCHEMA public TO {READER};
             ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON TABLES TO {READER};
             ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT ALL ON SEQUENCES TO {READER};"
        ));
        database
    }
}

impl Database {
    /// An empty one: on the shared server, or for SQLite a file in the folder.
    pub fn new(dialect: Dialect, folder: &Path) -> Self {
        if dialect != Dialect::Sqlite {
            return shared(dialect).database();
        }
        let file = folder.join("kantor.db");
        fs::write(&file, "").expect("a file for the database");
        Self {
            dialect,
            name: "kantor.db".to_owned(),
            port: 0,
            file: Some(file),
        }
    }

    /// The URL for `source.url`, at `port` (of a proxy, say) instead of the server's own.
    pub fn url_at(&self, host: &str, port: u16) -> String {
        let name = &self.name;
        match self.dialect {
            Dialect::Sqlite => format!("sqlite:{name}"),
            Dialect::Postgres => format!("postgres://{READER}@{host}:{port}/{name}"),
            Dialect::Mariadb => format!("mariadb://{READER}@{host}:{port}/{name}"),
        }
    }

    pub fn url(&self) -> String {
        self.url_at("127.0.0.1", self.port)
    }

    /// A connection of the owner, in the zone UTC.
    pub async fn link(&self) -> Link {
        if let Some(file) = &self.file {
            let options = SqliteConnectOptions::new().filename(file);
            return Link::Sqlite(options.connect().await.expect("the SQLite file"));
        }
        open(self.dialect, self.port, &self.name)
            .await
            .unwrap_or_else(|e| panic!("{}: {e}", self.name))
    }

    /// Idle sessions of the administrator, as many as the server gives.
    pub fn all_connections(&self) -> Idle {
        let runtime = runtime();
        let mut links = Vec::new();
        runtime.block_on(async {
            while let Ok(link) = open(self.dialect, self.port, &self.name).await {
                links.push(link);
            }
        });
        Idle {
            links,
            _runtime: runtime,
        }
    }

    /// A session that has looked at the database and stays open.
    pub fn session(&self) -> Idle {
        let runtime = runtime();
        let link = runtime.block_on(async {
            let mut link = self.link().await;
            link.run("SELECT count(*) FROM cases").await;
            link
        });
        Idle {
            links: vec![link],
            _runtime: runtime,
        }
    }

    /// Waits until the server has noticed that all sessions but the asking one are gone.
    pub fn wait_until_idle(&self) {
        let sessions = match self.dialect {
            Dialect::Mariadb => {
                "SELECT COUNT(*) FROM information_schema.processlist WHERE host <> ''"
            }
            _ => "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'",
        };
        while self.number(sessions) > 1 {
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
    }

    /// Runs a script as the owner.
    pub fn run(&self, sql: &str) {
        blocking(async {
            let mut link = self.link().await;
            link.run(sql).await;
            link.close().await;
        });
    }

    /// The one number that a query yields.
    pub fn number(&self, sql: &str) -> i64 {
        let sql = AssertSqlSafe(sql.to_owned());
        let number: Result<i64, _> = blocking(async {
            match &mut self.link().await {
                Link::Sqlite(c) => sqlx::query_scalar(sql).fetch_one(c).await,
                Link::Postgres(c) => sqlx::query_scalar(sql).fetch_one(c).await,
                Link::Mariadb(c) => sqlx::query_scalar(sql).fetch_one(c).await,
            }
        });
        number.unwrap_or_else(|e| panic!("{}: {e}", self.name))
    }
}

impl Link {
    /// Runs a script.
    pub async fn run(&mut self, sql: &str) {
        let script = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        let done = match self {
            Link::Sqlite(c) => c.execute(script).await.map(|_| ()),
            Link::Postgres(c) => c.execute(script).await.map(|_| ()),
            Link::Mariadb(c) => c.execute(script).await.map(|_| ()),
        };
        let start: String = sql.chars().take(300).collect();
        done.unwrap_or_else(|e| panic!("{e}\n{start}"));
    }

    pub async fn close(self) {
        let closed = match self {
            Link::Sqlite(c) => c.close().await,
            Link::Postgres(c) => c.close().await,
            Link::Mariadb(c) => c.close().await,
        };
        closed.expect("a connection that closes");
    }
}

/// Logs in as the administrator; plain text, since it never leaves the machine.
async fn open(dialect: Dialect, port: u16, name: &str) -> Result<Link, sqlx::Error> {
    match dialect {
        Dialect::Mariadb => {
            let options = MySqlConnectOptions::new()
                .host("127.0.0.1")
                .port(port)
                .username(ADMIN)
                .password(ADMIN_PASSWORD)
                .database(name)
                .ssl_mode(MySqlSslMode::Disabled)
                .disable_statement_logging();
            Ok(Link::Mariadb(options.connect().await?))
        }
        _ => {
            let options = PgConnectOptions::new_without_pgpass()
                .host("127.0.0.1")
                .port(port)
                .username(ADMIN)
                .password(ADMIN_PASSWORD)
                .database(name)
                .ssl_mode(PgSslMode::Disable)
                .disable_statement_logging();
            Ok(Link::Postgres(options.connect().await?))
        }
    }
}

/// Text as a literal.
pub fn text_literal(dialect: Dialect, text: &str) -> String {
    let doubled = text.replace('\'', "''");
    match dialect {
        Dialect::Mariadb => format!("'{}'", doubled.replace('\\', "\\\\")),
        _ => format!("'{doubled}'"),
    }
}
