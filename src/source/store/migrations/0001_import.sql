-- Imported rows as they were read. Instants are UTC epoch microseconds, dates ISO text, booleans 0/1.
-- A case id may stand in several rows: two different rows of one id in one file are both kept (a blocking finding).

CREATE TABLE imports (
    import_id INTEGER PRIMARY KEY,
    kind      TEXT    NOT NULL CHECK (kind IN ('cases', 'steps')),
    file_name TEXT    NOT NULL, -- without folder
    sha256    TEXT    NOT NULL,
    rows      INTEGER NOT NULL,
    new       INTEGER NOT NULL,
    replaced  INTEGER NOT NULL,
    same      INTEGER NOT NULL,
    rejected  INTEGER NOT NULL
) STRICT;

CREATE TABLE cases (
    row_number              INTEGER PRIMARY KEY,
    import_id               INTEGER NOT NULL REFERENCES imports,
    case_id                 TEXT    NOT NULL,
    service                 TEXT    NOT NULL,
    received_at             INTEGER,
    requires_recommendation INTEGER NOT NULL,
    outcome                 TEXT    NOT NULL,
    closed_at               INTEGER,
    applicant               TEXT,
    region                  TEXT,
    channel                 TEXT,
    due_on                  TEXT
) STRICT;
CREATE INDEX cases_by_id ON cases (case_id);

CREATE TABLE steps (
    row_number   INTEGER PRIMARY KEY,
    import_id    INTEGER NOT NULL REFERENCES imports,
    case_id      TEXT    NOT NULL,
    step         INTEGER NOT NULL,
    started_at   INTEGER,
    completed_at INTEGER,
    officer      TEXT,
    result       TEXT,
    row_id       TEXT
) STRICT;
CREATE INDEX steps_by_case ON steps (case_id);

-- Rows that a later import replaced, kept whole (content: JSON of the contract's columns).
CREATE TABLE replaced_rows (
    replaced_number INTEGER PRIMARY KEY,
    import_id       INTEGER NOT NULL REFERENCES imports, -- the import that replaced it
    kind            TEXT    NOT NULL,
    case_id         TEXT    NOT NULL,
    content         TEXT    NOT NULL
) STRICT;

-- What could not be read, and what was replaced; read into every snapshot.
CREATE TABLE import_findings (
    finding_number INTEGER PRIMARY KEY,
    import_id      INTEGER NOT NULL REFERENCES imports,
    kind           TEXT    NOT NULL,
    file_name      TEXT    NOT NULL,
    case_id        TEXT, -- NULL: the row names no case
    check_code     TEXT    NOT NULL,
    key            TEXT    NOT NULL,
    message        TEXT    NOT NULL
) STRICT;
CREATE INDEX import_findings_by_case ON import_findings (kind, case_id);
