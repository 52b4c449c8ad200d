-- Follow-ups of a performance report's findings. Their subject is followup_id.
-- Runs with foreign keys switched off, since `imports` is made anew to admit the new kind.

CREATE TABLE imports_with_followups (
    import_id INTEGER PRIMARY KEY,
    kind      TEXT    NOT NULL CHECK (kind IN ('cases', 'steps', 'responses', 'complaints', 'staff', 'followups')),
    file_name TEXT    NOT NULL, -- without folder
    sha256    TEXT    NOT NULL,
    rows      INTEGER NOT NULL,
    new       INTEGER NOT NULL,
    replaced  INTEGER NOT NULL,
    same      INTEGER NOT NULL,
    rejected  INTEGER NOT NULL
) STRICT;
INSERT INTO imports_with_followups
SELECT import_id, kind, file_name, sha256, rows, new, replaced, same, rejected FROM imports;
DROP TABLE imports;
ALTER TABLE imports_with_followups RENAME TO imports;

CREATE TABLE followups (
    row_number  INTEGER PRIMARY KEY,
    import_id   INTEGER NOT NULL REFERENCES imports,
    followup_id TEXT    NOT NULL,
    period      TEXT    NOT NULL, -- of the finding, e.g. 2025-S2
    indicator   TEXT    NOT NULL,
    "group"     TEXT    NOT NULL, -- k=v;k=v in the order of the dimensions; empty for the office
    finding     TEXT    NOT NULL,
    cause       TEXT,
    action      TEXT,
    who         TEXT,
    by_when     TEXT,
    done_on     TEXT,
    note        TEXT
) STRICT;
CREATE INDEX followups_by_id ON followups (followup_id);
