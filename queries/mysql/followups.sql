-- Adapter query: one row per finding of a performance report, with what was done about it (tindak lanjut). Used only where
-- [source.followups] names a database; otherwise follow-ups are imported. `tepat init` lays a copy in queries/mysql/ of the
-- workspace: change that one to the office's own tables, or delete it to use the shipped one. One SELECT, read-only; the order
-- of rows does not matter. Columns are found by name.
--
--   followup_id   text, never empty: the finding's number in the report
--   period        text, never empty: of the finding, e.g. 2025-S2
--   indicator     text, never empty: the figure's id, e.g. stage.within_window
--   group         text: step=12, or k=v;k=v; empty or NULL for the office. A word of SQL: quote it.
--   finding       text, never empty
-- may be NULL or left out:
--   cause, action, who, note   text
--   by_when, done_on           date
--
-- Dates: DATE, or text 2026-06-30.
SELECT
    followup_id,
    period,
    indicator,
    `group`,
    finding,
    cause,
    action,
    who,
    by_when,
    done_on,
    note
FROM followups
