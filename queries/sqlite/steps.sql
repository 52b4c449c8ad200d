-- Adapter query: one row per execution of a step. `tepat init` lays a copy in queries/sqlite/ of the workspace:
-- change that one to the office's own tables, or delete it to use the shipped one. `tepat` reads whatever it delivers.
-- One SELECT, read-only; the order of rows does not matter.
--
-- Columns are found by name.
--   case_id       text, never empty
--   step          whole number of the standard's step
--   started_at    instant, NULL where not recorded   \  at least one of the two columns
--   completed_at  instant, NULL where not recorded   /  must be there
-- may be NULL or left out:
--   officer, result   text
--
-- How much is read: where the tables are large, leave out a closed case of which everything recorded lies before :since (a
-- date as text) or :since_micros (UTC epoch microseconds), in cases.sql and steps.sql alike, all its rows and all its steps.
--
-- Instants: INTEGER is UTC epoch microseconds; TEXT is ISO 8601 with offset, or local time of the office
-- (2026-06-30 08:15[:00[.000000]]).
SELECT
    case_id,
    step,
    started_at,
    completed_at,
    officer,
    result
FROM steps
