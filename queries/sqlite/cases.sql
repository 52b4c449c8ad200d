-- Adapter query: one row per case (berkas permohonan). `tepat init` lays a copy in queries/sqlite/ of the workspace:
-- change that one to the office's own tables, or delete it to use the shipped one. `tepat` reads whatever it delivers.
-- One SELECT, read-only; the order of rows does not matter.
--
-- Columns are found by name.
--   case_id                  text, never empty
--   service                  text, never empty: code of a standard (standards/sop)
--   received_at              instant, may be NULL (a finding)
--   requires_recommendation  1 or 0; also true/false, ya/tidak, yes/no, y/n, Y/T
--   outcome                  'open', 'issued', 'rejected' or 'withdrawn'
-- may be NULL or left out:
--   closed_at                instant of issue, rejection or withdrawal
--   applicant, region, channel   text
--   due_on                   date: the source's own deadline
--
-- How much is read: where the tables are large, leave out a closed case of which everything recorded lies before :since (a
-- date as text) or :since_micros (UTC epoch microseconds), in cases.sql and steps.sql alike, all its rows and all its steps.
--
-- Instants: INTEGER is UTC epoch microseconds; TEXT is ISO 8601 with offset, or local time of the office
-- (2026-06-30 08:15[:00[.000000]]). Dates: TEXT 2026-06-30.
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
