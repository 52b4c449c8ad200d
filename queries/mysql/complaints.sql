-- Adapter query: one row per complaint (pengaduan). `tepat init` lays a copy in queries/mysql/ of the workspace: change
-- that one to the office's own tables, or delete it to use the shipped one. One SELECT; the session is read-only, and
-- all queries of a run see the same state. The order of rows does not matter. Columns are found by name.
--
--   complaint_id  text, never empty
--   channel       text
--   received_at   instant, may be NULL (a finding)
-- may be NULL or left out:
--   service       text: code of a standard (standards/sop)
--   responded_at, resolved_at   instant
--   category      text
--
-- How values are read
--   text         CHAR, VARCHAR, TEXT, ENUM; numbers too. White space around it is not part of it.
--   instant      TIMESTAMP: as it is, whatever the server's zone. DATETIME, and text without an offset: local time of
--                `source.zone` in tepat.toml, which must be set then. text: ISO 8601, 2026-06-30 08:15[:00[.000000]] with
--                or without +08:00. BIGINT: UTC epoch microseconds. DATE: 0.00 of that day. DECIMAL and DOUBLE are refused:
--                write CAST(x * 1000000 AS SIGNED) for seconds. FROM_UNIXTIME(x), and COALESCE or CASE over a TIMESTAMP and
--                a DATETIME, give a DATETIME in UTC: they would be read in `source.zone`, hours off. Do not write them.
--
-- An example:
--   SELECT a.no_tiket AS complaint_id, j.kode_sop AS service, a.media AS channel, a.tgl_masuk AS received_at,
--          NULLIF(a.tgl_tanggapan, 0) AS responded_at, NULLIF(a.tgl_tuntas, 0) AS resolved_at, a.kategori AS category
--   FROM t_aduan a
--   LEFT JOIN m_jenis_izin j ON j.id = a.jenis_izin_id
SELECT
    complaint_id,
    service,
    channel,
    received_at,
    responded_at,
    resolved_at,
    category
FROM complaints
