-- Adapter query: one row per case (berkas permohonan). `tepat init` lays a copy in queries/sqlite/ of the workspace:
-- change that one to the office's own tables, or delete it to use the shipped one. `tepat` reads whatever it delivers.
-- One SELECT, read-only; the order of rows does not matter.
--
-- Columns are found by name.
--   case_id                  text, never empty
--   service                  text, never empty: code of a standard (standards/sop)
--   received_at              instant, may be NULL (a finding)
--   requires_recommendation  1 or 0; also true/false, ya/tidak, yes/no, y/t
--   outcome                  'open', 'issued', 'rejected' or 'withdrawn'
-- may be NULL or left out:
--   closed_at                instant of issue, rejection or withdrawal
--   applicant, region, channel   text
--   due_on                   date: the source's own deadline
--
-- How much is read: a case that is closed, and of which everything recorded lies before :since_micros (UTC epoch
-- microseconds; :since is the date as text), is needed by no figure and left out below, here and in steps.sql alike.
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
