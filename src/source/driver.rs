//! What the drivers of all servers do alike: one transaction that sees one state, columns described before the first row, rows
//! streamed into the sink.
//!
//! In: a link, queries, a sink. Out: every row as cells of the contract. What differs by server is a [`Speech`].

use futures_util::TryStreamExt;
use sqlx::{
    AssertSqlSafe, Column, Connection, Database, Executor, IntoArguments, SqlSafeStr, Statement,
    TypeInfo,
};

use super::files::columns::Columns;
use super::held::{Described, Held};
use super::intake::Sink;
use super::server::{Ask, Fault, Link, asking, connecting, parting};
use super::value::Cell;

/// How one kind of server is spoken with.
pub trait Speech: Database {
    /// How a column's values are read.
    type Reader: Copy;
    /// Begins a transaction that reads one state and writes nothing.
    const BEGIN: &'static str;

    /// A session that may not write, in UTC, with the link's time-out.
    fn open(link: &Link<'_>) -> impl Future<Output = Result<Self::Connection, sqlx::Error>>;
    fn reader(info: &Self::TypeInfo) -> Self::Reader;
    fn held(reader: Self::Reader) -> Held;
    fn cell(row: &Self::Row, at: usize, reader: Self::Reader) -> Cell<'_>;
}

/// Reads all rows of `asks`.
pub async fn read<'q, S: Speech>(
    link: &Link<'_>,
    asks: &'q [Ask<'q>],
    sink: &mut dyn Sink,
) -> Result<(), Fault<'q>>
where
    for<'c> &'c mut S::Connection: Executor<'c, Database = S>,
    S::Arguments: IntoArguments<S>,
{
    let mut conn = connecting(link, S::open(link)).await?;
    let mut transaction = connecting(link, conn.begin_with(S::BEGIN)).await?;
    let mut described = Vec::new();
    for ask in asks {
        let describing = describe::<S>(&mut transaction, ask, link);
        described.push(asking(link, ask.query, describing).await?);
    }
    for (ask, columns) in asks.iter().zip(described) {
        let reading = rows::<S>(&mut transaction, ask, &columns, sink);
        asking(link, ask.query, reading).await?;
    }
    parting(transaction.rollback()).await;
    parting(conn.close()).await;
    Ok(())
}

/// A query's columns, known before its first row, so an empty table is checked like a full one.
async fn describe<'q, S: Speech>(
    conn: &mut S::Connection,
    ask: &'q Ask<'q>,
    link: &Link<'_>,
) -> Result<(Columns, Vec<S::Reader>), Fault<'q>>
where
    for<'c> &'c mut S::Connection: Executor<'c, Database = S>,
{
    let sql = AssertSqlSafe(ask.statement.clone()).into_sql_str();
    let statement = conn
        .prepare(sql)
        .await
        .map_err(|e| Fault::Sql(e, Some(ask.query)))?;
    let described: Vec<Described> = statement
        .columns()
        .iter()
        .map(|c| Described {
            name: c.name().to_owned(),
            type_name: c.type_info().name().to_lowercase(),
            held: S::held(S::reader(c.type_info())),
        })
        .collect();
    let columns = ask.columns(&described, link.database.zone.is_some())?;
    let readers = statement.columns().iter().map(|c| S::reader(c.type_info()));
    Ok((columns, readers.collect()))
}

async fn rows<'q, S: Speech>(
    conn: &mut S::Connection,
    ask: &'q Ask<'q>,
    (columns, readers): &(Columns, Vec<S::Reader>),
    sink: &mut dyn Sink,
) -> Result<(), Fault<'q>>
where
    for<'c> &'c mut S::Connection: Executor<'c, Database = S>,
    S::Arguments: IntoArguments<S>,
{
    let query = sqlx::query::<S>(AssertSqlSafe(ask.statement.clone()));
    let mut rows = query.fetch(&mut *conn);
    let failed = |e| Fault::Sql(e, Some(ask.query));
    while let Some(row) = rows.try_next().await.map_err(failed)? {
        let cells = columns.cells(|at| S::cell(&row, at, readers[at]));
        let elements = columns.answers(|at| S::cell(&row, at, readers[at]));
        sink.row(ask.kind(), &cells, &elements)?;
    }
    Ok(())
}
