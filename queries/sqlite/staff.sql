-- Adapter query: one row per officer and role (pelaksana). `tepat init` lays a copy in queries/sqlite/ of the workspace:
-- change that one to the office's own tables, or delete it to use the shipped one. `tepat` reads whatever it delivers.
-- One SELECT, read-only; the order of rows does not matter.
--
-- Columns are found by name.
--   officer       text, never empty: as in steps
--   name          text, may be NULL
--   unit          text, may be NULL
--   role          text, may be NULL
--   from          date, never empty: the role's first day
-- may be NULL or left out:
--   certificates  text
--   until         date: the role's last day
--
-- Dates: TEXT 2026-06-30.
SELECT
    officer,
    name,
    unit,
    role,
    certificates,
    "from",
    until
FROM staff
