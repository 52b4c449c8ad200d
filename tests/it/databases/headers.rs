//! What the headers of the shipped queries tell an office to write is SQL that the database takes.

use crate::servers::{Database, Dialect, blocking};

use super::workspace::Workspace;

pub const KINDS: [&str; 5] = ["cases", "steps", "responses", "complaints", "staff"];

/// A shipped query.
pub fn shipped(dialect: Dialect, kind: &str) -> String {
    let root = env!("CARGO_MANIFEST_DIR");
    let file = format!("{root}/queries/{}/{kind}.sql", dialect.folder());
    std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{file}: {e}"))
}

/// The indented lines of the header that begin with `first`, without their dashes.
fn commented(sql: &str, first: &str) -> String {
    let lines = sql.lines().map(|l| l.strip_prefix("--   ").unwrap_or(""));
    let lines = lines.skip_while(|l| !l.starts_with(first));
    let lines: Vec<&str> = lines.take_while(|l| !l.is_empty()).collect();
    assert!(
        !lines.is_empty(),
        "`{first}` is not in the header of\n{sql}"
    );
    lines.join("\n")
}

/// The condition that leaves old cases to the database.
pub fn condition(sql: &str) -> String {
    commented(sql, "WHERE ")
}

/// The tables that the examples read, as licensing applications have them.
const POSTGRES_TABLES: &str = "
    CREATE SCHEMA perizinan; CREATE SCHEMA skm; CREATE SCHEMA pengaduan;
    CREATE TABLE perizinan.m_jenis_izin (id int, kode_sop text);
    CREATE TABLE perizinan.m_pemohon (id int, nama text, kode_kabkota text);
    CREATE TABLE perizinan.m_kabkota (kode text, nama_kabkota text);
    CREATE TABLE perizinan.m_posisi (id int, langkah_sop int);
    CREATE TABLE perizinan.m_bidang (id int, nama_bidang text);
    CREATE TABLE perizinan.m_pengguna (id int, nip text, nama text, jabatan text, bidang_id int, tmt_jabatan date,
        tgl_pindah date);
    CREATE TABLE perizinan.t_sertifikat (pengguna_id int, nama_sertifikat text);
    CREATE TABLE perizinan.t_pendaftaran (id int, no_pendaftaran text, jenis_izin_id int, pemohon_id int, tgl_daftar timestamp,
        perlu_rekomtek char(1), status char(1), tgl_terbit timestamp, tgl_tolak timestamp, tgl_batal timestamp,
        id_oss text, tgl_janji_selesai timestamp, deleted_at timestamp);
    CREATE TABLE perizinan.t_log_posisi (pendaftaran_id int, posisi_id int, tgl_masuk timestamp, tgl_keluar timestamp,
        petugas_id int, hasil text);
    CREATE TABLE skm.t_survei (id int, tgl_isi timestamp, jenis_izin_id int, no_pendaftaran text, jenis_kelamin text);
    CREATE TABLE skm.t_jawaban (survei_id int, unsur text, nilai int);
    CREATE TABLE pengaduan.t_aduan (no_tiket text, jenis_izin_id int, media text, tgl_masuk timestamp,
        tgl_tanggapan timestamp, tgl_tuntas timestamp, kategori text)";

/// The same in MariaDB, without schemas and with its types.
fn tables(dialect: Dialect) -> String {
    if dialect == Dialect::Postgres {
        return POSTGRES_TABLES.to_owned();
    }
    let tables = POSTGRES_TABLES.split_once("pengaduan;").unwrap().1;
    ["perizinan.", "skm.", "pengaduan."]
        .iter()
        .fold(tables.to_owned(), |sql, schema| sql.replace(schema, ""))
        .replace(" timestamp", " DATETIME")
}

/// One issued case and its first step.
fn rows(dialect: Dialect) -> String {
    let sql = "INSERT INTO perizinan.m_jenis_izin VALUES (1, 'SOP-CONTOH-01');
         INSERT INTO perizinan.m_posisi VALUES (1, 6);
         INSERT INTO perizinan.m_pengguna VALUES (1, '1980', 'Ani', 'Loket', 1, '2020-01-01', NULL);
         INSERT INTO perizinan.t_pendaftaran VALUES (1, 'P-1', 1, 1, '2026-05-04 09:00', 'T', 'S', '2026-05-11 10:00',
             {none}, {none}, NULL, NULL, NULL);
         INSERT INTO perizinan.t_log_posisi VALUES (1, 1, '2026-05-04 09:00', '2026-05-04 09:05', 1, {no_text})";
    match dialect {
        // Zero dates for "not yet", as many applications on MySQL have them.
        Dialect::Mariadb => format!("SET sql_mode = ''; {sql}")
            .replace("perizinan.", "")
            .replace("{none}", "'0000-00-00 00:00:00'"),
        _ => sql.replace("{none}", "NULL"),
    }
    .replace("{no_text}", "NULL")
}

#[test]
fn the_examples_of_the_headers_read_the_tables_they_are_written_for() {
    for dialect in Dialect::SERVERS {
        let workspace = Workspace::new();
        let database = workspace.database(dialect);
        if dialect == Dialect::Postgres {
            database.run(
                "ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO pembaca;
                 ALTER DEFAULT PRIVILEGES GRANT USAGE ON SCHEMAS TO pembaca",
            );
        }
        database.run(&tables(dialect));
        database.run(&rows(dialect));
        for kind in KINDS {
            takes(&database, &commented(&shipped(dialect, kind), "SELECT "));
        }
        for kind in ["cases", "steps"] {
            let example = commented(&shipped(dialect, kind), "SELECT ");
            workspace.query(dialect, kind, &example);
        }
        workspace.source(&database, &database.url(), "zone = \"Asia/Makassar\"");
        let edition = workspace.publishes();
        assert_eq!(
            (edition.count("cases"), edition.count("steps")),
            (1, 1),
            "{dialect:?}"
        );
        assert_eq!(
            edition.count("findings"),
            0,
            "{dialect:?}: nothing is unreadable"
        );
    }
}

fn takes(database: &Database, sql: &str) {
    blocking(async {
        let mut link = database.link().await;
        link.run(sql).await;
        link.close().await;
    });
}
