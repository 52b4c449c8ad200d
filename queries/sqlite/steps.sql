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
-- How much is read: the steps of a case that cases.sql leaves out are left out here too, all of them. Every step of a case
-- that is read must be read: without its first ones its clock would start late.
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
WHERE case_id NOT IN (
    SELECT c.case_id
    FROM cases AS c
    GROUP BY c.case_id
    HAVING max(c.outcome = 'open' OR c.closed_at IS NULL) = 0
        AND max(c.closed_at) < :since_micros
        AND ifnull(max(c.received_at), -9e18) < :since_micros
        AND c.case_id NOT IN (
            SELECT s.case_id FROM steps AS s
            WHERE s.started_at >= :since_micros OR s.completed_at >= :since_micros
        )
)
