-- Adapter query: one row per execution of a step. `tepat init` lays a copy in queries/mysql/ of the workspace: change
-- that one to the office's own tables, or delete it to use the shipped one. One SELECT; the session is read-only, and
-- all queries of a run see the same state. The order of rows does not matter. Columns are found by name.
--
--   case_id       text, never empty
--   step          whole number of the standard's step
--   started_at    instant, NULL where not recorded   \  at least one of the two columns
--   completed_at  instant, NULL where not recorded   /  must be there
-- may be NULL or left out:
--   officer, result   text
--
-- How values are read
--   text         CHAR, VARCHAR, TEXT, ENUM; numbers too. White space around it is not part of it.
--   instant      TIMESTAMP: as it is, whatever the server's zone. DATETIME, and text without an offset: local time of
--                `source.zone` in tepat.toml, which must be set then. text: ISO 8601, 2026-06-30 08:15[:00[.000000]] with
--                or without +08:00. BIGINT: UTC epoch microseconds. DATE: 0.00 of that day. DECIMAL and DOUBLE are refused:
--                write CAST(x * 1000000 AS SIGNED) for seconds. FROM_UNIXTIME(x), and COALESCE or CASE over a TIMESTAMP and
--                a DATETIME, give a DATETIME in UTC: they would be read in `source.zone`, hours off. Do not write them.
--
-- How much is read: a case that closed before :since, and of which nothing was recorded afterwards, is not needed. Where the
-- tables are large, let the database leave it out, in cases.sql and steps.sql alike. :since is a date as text (2024-01-01),
-- :since_micros its first moment in the office as UTC epoch microseconds. A day earlier does no harm and suits every zone:
--   WHERE NOT EXISTS (SELECT 1 FROM cases c WHERE c.case_id = steps.case_id AND c.outcome <> 'open'
--                     AND c.received_at < :since - INTERVAL 1 DAY AND c.closed_at < :since - INTERVAL 1 DAY
--                     AND NOT EXISTS (SELECT 1 FROM steps s WHERE s.case_id = c.case_id
--                                     AND (s.started_at >= :since - INTERVAL 1 DAY
--                                          OR s.completed_at >= :since - INTERVAL 1 DAY)))
-- Every step of a case that is read must be read: without its first ones its clock would start late.
--
-- An example: a log of the desks (posisi) that a file passes, each with its number in the standard.
--   SELECT p.no_pendaftaran AS case_id,
--          d.langkah_sop AS step,
--          NULLIF(l.tgl_masuk, 0) AS started_at,
--          NULLIF(l.tgl_keluar, 0) AS completed_at,
--          u.nip AS officer,
--          l.hasil AS result
--   FROM t_log_posisi l
--   JOIN t_pendaftaran p ON p.id = l.pendaftaran_id
--   JOIN m_posisi d ON d.id = l.posisi_id
--   LEFT JOIN m_pengguna u ON u.id = l.petugas_id
--   WHERE p.deleted_at IS NULL
SELECT
    case_id,
    step,
    started_at,
    completed_at,
    officer,
    result
FROM steps
