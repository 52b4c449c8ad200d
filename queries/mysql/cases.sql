-- Adapter query: one row per case (berkas permohonan). `tepat init` lays a copy in queries/mysql/ of the workspace:
-- change that one to the office's own tables, or delete it to use the shipped one. One SELECT; the session is
-- read-only, and all queries of a run see the same state. The order of rows does not matter. Columns are found by name.
--
--   case_id                  text, never empty
--   service                  text, never empty: code of a standard (standards/sop)
--   received_at              instant, may be NULL (a finding)
--   requires_recommendation  yes or no
--   outcome                  'open', 'issued', 'rejected' or 'withdrawn'
-- may be NULL or left out:
--   closed_at                instant of issue, rejection or withdrawal
--   applicant, region, channel   text
--   due_on                   date: the source's own deadline
--
-- How values are read
--   text         CHAR, VARCHAR, TEXT, ENUM; numbers too. White space around it is not part of it.
--   instant      TIMESTAMP: as it is, whatever the server's zone. DATETIME, and text without an offset: local time of
--                `source.zone` in tepat.toml, which must be set then. text: ISO 8601, 2026-06-30 08:15[:00[.000000]] with
--                or without +08:00. BIGINT: UTC epoch microseconds. DATE: 0.00 of that day. DECIMAL and DOUBLE are refused:
--                write CAST(x * 1000000 AS SIGNED) for seconds. FROM_UNIXTIME(x), and COALESCE or CASE over a TIMESTAMP and
--                a DATETIME, give a DATETIME in UTC: they would be read in `source.zone`, hours off. Do not write them.
--   date         DATE, or text 2026-06-30
--   yes or no    BOOLEAN, TINYINT(1), BIT(1); 1 or 0; true/false, ya/tidak, yes/no, y/n, and T for tidak
--
-- How much is read: a case that closed before :since, and of which nothing was recorded afterwards, is not needed. Where the
-- tables are large, let the database leave it out, in cases.sql and steps.sql alike. :since is a date as text (2024-01-01),
-- :since_micros its first moment in the office as UTC epoch microseconds. A day earlier does no harm and suits every zone:
--   WHERE (outcome <> 'open' AND received_at < :since - INTERVAL 1 DAY AND closed_at < :since - INTERVAL 1 DAY
--          AND NOT EXISTS (SELECT 1 FROM steps s WHERE s.case_id = cases.case_id
--                          AND (s.started_at >= :since - INTERVAL 1 DAY
--                               OR s.completed_at >= :since - INTERVAL 1 DAY))) IS NOT TRUE
--
-- An example: tables as a licensing application has them, DATETIME (so source.zone = "Asia/Makassar"), a status of one
-- letter, zero dates for "not yet", and deleted rows that are only marked.
--   SELECT p.no_pendaftaran AS case_id,
--          j.kode_sop AS service,
--          p.tgl_daftar AS received_at,
--          p.perlu_rekomtek = 'Y' AS requires_recommendation,
--          CASE p.status WHEN 'S' THEN 'issued' WHEN 'T' THEN 'rejected' WHEN 'B' THEN 'withdrawn' ELSE 'open' END AS outcome,
--          COALESCE(NULLIF(p.tgl_terbit, 0), NULLIF(p.tgl_tolak, 0), NULLIF(p.tgl_batal, 0)) AS closed_at,
--          m.nama AS applicant,
--          k.nama_kabkota AS region,
--          IF(p.id_oss IS NULL, 'Loket', 'Daring') AS channel,
--          DATE(p.tgl_janji_selesai) AS due_on
--   FROM t_pendaftaran p
--   JOIN m_jenis_izin j ON j.id = p.jenis_izin_id
--   LEFT JOIN m_pemohon m ON m.id = p.pemohon_id
--   LEFT JOIN m_kabkota k ON k.kode = m.kode_kabkota
--   WHERE p.deleted_at IS NULL
SELECT
    case_id,
    service,
    received_at,
    requires_recommendation,
    outcome,
    closed_at,
    applicant,
    region,
    channel,
    due_on
FROM cases
