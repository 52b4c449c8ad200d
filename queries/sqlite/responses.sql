-- Adapter query: one row per survey form (responden SKM). `tepat init` lays a copy in queries/sqlite/ of the workspace:
-- change that one to the office's own tables, or delete it to use the shipped one. `tepat` reads whatever it delivers.
-- One SELECT, read-only; the order of rows does not matter.
--
-- Columns are found by name.
--   response_id   text, never empty
--   answered_on   date, never empty
--   service       text, never empty: code of a standard (standards/sop)
--   answers       text: a JSON object of element codes to answers, {"WAKTU": 4, "BIAYA": null}; or, in its place, one
--                 column for each element, called by its code (WAKTU, BIAYA, ...; capitals do not matter). An answer is 1, 2,
--                 3 or 4, or a word of the scale; anything else is missing (a finding), never 0
-- may be NULL or left out:
--   case_id       text
--   age           whole number
--   sex, education, occupation, hour_band, suggestion   text
--
-- Dates: TEXT 2026-06-30. Names, telephone and identity numbers are not read: leave them out.
SELECT
    response_id,
    answered_on,
    service,
    case_id,
    answers,
    sex,
    age,
    education,
    occupation,
    hour_band,
    suggestion
FROM responses
