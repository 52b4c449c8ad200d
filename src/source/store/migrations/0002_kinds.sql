-- Survey answers, complaints and staff beside cases and steps. What a row is about is its `subject` from here on: the
-- case, or for the new kinds response_id, complaint_id or officer.
-- Runs with foreign keys switched off, since `imports` is made anew to admit the new kinds.

CREATE TABLE imports_of_all_kinds (
    import_id INTEGER PRIMARY KEY,
    kind      TEXT    NOT NULL CHECK (kind IN ('cases', 'steps', 'responses', 'complaints', 'staff')),
    file_name TEXT    NOT NULL, -- without folder
    sha256    TEXT    NOT NULL,
    rows      INTEGER NOT NULL,
    new       INTEGER NOT NULL,
    replaced  INTEGER NOT NULL,
    same      INTEGER NOT NULL,
    rejected  INTEGER NOT NULL
) STRICT;
INSERT INTO imports_of_all_kinds
SELECT import_id, kind, file_name, sha256, rows, new, replaced, same, rejected FROM imports;
DROP TABLE imports;
ALTER TABLE imports_of_all_kinds RENAME TO imports;

ALTER TABLE replaced_rows RENAME COLUMN case_id TO subject;
ALTER TABLE import_findings RENAME COLUMN case_id TO subject;

CREATE TABLE responses (
    row_number  INTEGER PRIMARY KEY,
    import_id   INTEGER NOT NULL REFERENCES imports,
    response_id TEXT    NOT NULL,
    answered_on TEXT    NOT NULL,
    service     TEXT    NOT NULL,
    case_id     TEXT,
    answers     TEXT    NOT NULL, -- JSON: element code to 1..4, or null where not answered
    sex         TEXT,
    age         INTEGER,
    education   TEXT,
    occupation  TEXT,
    hour_band   TEXT,
    suggestion  TEXT
) STRICT;
CREATE INDEX responses_by_id ON responses (response_id);

CREATE TABLE complaints (
    row_number   INTEGER PRIMARY KEY,
    import_id    INTEGER NOT NULL REFERENCES imports,
    complaint_id TEXT    NOT NULL,
    service      TEXT,
    channel      TEXT,
    received_at  INTEGER,
    responded_at INTEGER,
    resolved_at  INTEGER,
    category     TEXT
) STRICT;
CREATE INDEX complaints_by_id ON complaints (complaint_id);

CREATE TABLE staff (
    row_number   INTEGER PRIMARY KEY,
    import_id    INTEGER NOT NULL REFERENCES imports,
    officer      TEXT    NOT NULL,
    "from"       TEXT    NOT NULL,
    until        TEXT,
    name         TEXT,
    unit         TEXT,
    role         TEXT,
    certificates TEXT
) STRICT;
CREATE INDEX staff_by_officer ON staff (officer);
