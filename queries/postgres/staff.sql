-- Adapter query: one row per officer and role (pelaksana). `tepat init` lays a copy in queries/postgres/ of the
-- workspace: change that one to the office's own tables, or delete it to use the shipped one. One SELECT; the session
-- is read-only, and all queries of a run see the same state. The order of rows does not matter. Columns are found by
-- name.
--
--   officer       text, never empty: as the steps name the officer
--   name          text
--   unit          text
--   role          text
-- may be NULL or left out:
--   certificates  text
--   from, until   date: first and last day in the role. Both are words of SQL: quote them.
--
-- How values are read
--   text         text, varchar, char, an enum, a domain; numbers too. White space around it is not part of it.
--   date         date, or text 2026-06-30
--
-- An example:
--   SELECT u.nip AS officer, u.nama AS name, b.nama_bidang AS unit, u.jabatan AS role,
--          string_agg(f.nama_sertifikat, '; ' ORDER BY f.nama_sertifikat) AS certificates,
--          u.tmt_jabatan AS "from", u.tgl_pindah AS until
--   FROM perizinan.m_pengguna u
--   LEFT JOIN perizinan.m_bidang b ON b.id = u.bidang_id
--   LEFT JOIN perizinan.t_sertifikat f ON f.pengguna_id = u.id
--   GROUP BY u.nip, u.nama, b.nama_bidang, u.jabatan, u.tmt_jabatan, u.tgl_pindah
SELECT
    officer,
    name,
    unit,
    role,
    certificates,
    "from",
    until
FROM staff
