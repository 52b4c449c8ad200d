-- Adapter query: one row per complaint (pengaduan). `tepat init` lays a copy in queries/sqlite/ of the workspace: change
-- that one to the office's own tables, or delete it to use the shipped one. `tepat` reads whatever it delivers.
-- One SELECT, read-only; the order of rows does not matter.
--
-- Columns are found by name.
--   complaint_id  text, never empty
--   channel       text, may be NULL
--   received_at   instant, may be NULL
-- may be NULL or left out:
--   service       text: code of a standard (standards/sop)
--   responded_at, resolved_at   instant
--   category      text
--
-- Instants: INTEGER is UTC epoch microseconds; TEXT is ISO 8601 with offset, or local time of the office
-- (2026-06-30 08:15[:00[.000000]]).
SELECT
    complaint_id,
    service,
    channel,
    received_at,
    responded_at,
    resolved_at,
    category
FROM complaints
