-- Adapter query: one row per case (berkas permohonan). `tepat init` lays a copy in queries/postgres/ of the workspace:
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
--   text         text, varchar, char, an enum, a domain; numbers too. White space around it is not part of it.
--   instant      timestamptz: as it is. timestamp, and text without an offset: local time of `source.zone` in tepat.toml,
--                which must be set then. text: ISO 8601, 2026-06-30 08:15[:00[.000000]] with or without +08:00.
--                bigint: UTC epoch microseconds. date: 0.00 of that day. numeric and double precision are refused:
--                write to_timestamp(x) or x::bigint.
--   date         date, or text 2026-06-30
--   yes or no    boolean; 1 or 0; true/false, ya/tidak, yes/no, y/n, and T for tidak
--
-- How much is read: a case that closed before :since, and of which nothing was recorded afterwards, is not needed. Where the
-- tables are large, let the database leave it out, in cases.sql and steps.sql alike. :since is a date as text (2024-01-01),
-- :since_micros its first moment in the office as UTC epoch microseconds. A day earlier does no harm and suits every zone:
--   WHERE (outcome <> 'open' AND received_at < CAST(:since AS date) - 1 AND closed_at < CAST(:since AS date) - 1
--          AND NOT EXISTS (SELECT 1 FROM steps s WHERE s.case_id = cases.case_id
--                          AND GREATEST(s.started_at, s.completed_at) >= CAST(:since AS date) - 1)) IS NOT TRUE
--
-- An example: tables as a licensing application has them, timestamps without zone (so source.zone = "Asia/Makassar"),
-- a status of one letter, and deleted rows that are only marked.
--   SELECT p.no_pendaftaran AS case_id,
--          j.kode_sop AS service,
--          p.tgl_daftar AS received_at,
--          p.perlu_rekomtek = 'Y' AS requires_recommendation,
--          CASE p.status WHEN 'S' THEN 'issued' WHEN 'T' THEN 'rejected' WHEN 'B' THEN 'withdrawn' ELSE 'open' END AS outcome,
--          COALESCE(p.tgl_terbit, p.tgl_tolak, p.tgl_batal) AS closed_at,
--          m.nama AS applicant,
--          k.nama_kabkota AS region,
--          CASE WHEN p.id_oss IS NULL THEN 'Loket' ELSE 'Daring' END AS channel,
--          p.tgl_janji_selesai::date AS due_on
--   FROM perizinan.t_pendaftaran p
--   JOIN perizinan.m_jenis_izin j ON j.id = p.jenis_izin_id
--   LEFT JOIN perizinan.m_pemohon m ON m.id = p.pemohon_id
--   LEFT JOIN perizinan.m_kabkota k ON k.kode = m.kode_kabkota
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
