-- Runs and answers: the same in a person's own file and in the shared one.

-- Order comes from here and never from a clock.
CREATE TABLE sequence (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  save INTEGER NOT NULL
) STRICT;
INSERT INTO sequence (id, save) VALUES (1, 0);

CREATE TABLE runs (
  seq             INTEGER PRIMARY KEY,
  id              TEXT NOT NULL UNIQUE,
  pack            TEXT NOT NULL,
  lesson          TEXT NOT NULL,
  lesson_version  TEXT NOT NULL,
  number          INTEGER NOT NULL CHECK (number >= 1),
  begun_at        INTEGER NOT NULL,
  begun_offset    INTEGER NOT NULL,
  finished_at     INTEGER,
  finished_offset INTEGER,
  place           TEXT,
  UNIQUE (pack, lesson, number),
  CHECK ((finished_at IS NULL) = (finished_offset IS NULL))
) STRICT;

CREATE TABLE passed (
  seq  INTEGER PRIMARY KEY,
  run  TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  step TEXT NOT NULL,
  how  TEXT NOT NULL CHECK (how IN ('done', 'skipped')),
  UNIQUE (run, step)
) STRICT;

-- What was really asked, once for each wording.
CREATE TABLE prompts (
  hash BLOB PRIMARY KEY,
  text TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- `run` may name a run of the other file: my drafts for a run with the other are kept in my own.
-- `author` is empty in a person's own file.
CREATE TABLE answers (
  run            TEXT NOT NULL,
  field          TEXT NOT NULL,
  pack           TEXT NOT NULL,
  lesson         TEXT NOT NULL,
  rev            INTEGER NOT NULL,
  lesson_version TEXT NOT NULL,
  kind           TEXT NOT NULL,
  privacy        TEXT NOT NULL,
  prompt         BLOB NOT NULL REFERENCES prompts (hash),
  value          TEXT NOT NULL CHECK (json_valid(value)),
  author         TEXT NOT NULL,
  save           INTEGER NOT NULL UNIQUE,
  at             INTEGER NOT NULL,
  at_offset      INTEGER NOT NULL,
  PRIMARY KEY (run, field)
) STRICT, WITHOUT ROWID;
CREATE INDEX answers_across_runs ON answers (pack, lesson, field, save);

-- One version for each sitting, and each sealed one.
CREATE TABLE history (
  id        INTEGER PRIMARY KEY,
  run       TEXT NOT NULL,
  field     TEXT NOT NULL,
  sitting   TEXT NOT NULL,
  sealed    INTEGER NOT NULL DEFAULT 0 CHECK (sealed IN (0, 1)),
  rev       INTEGER NOT NULL,
  privacy   TEXT NOT NULL,
  prompt    BLOB NOT NULL REFERENCES prompts (hash),
  value     TEXT NOT NULL,
  author    TEXT NOT NULL,
  save      INTEGER NOT NULL UNIQUE,
  at        INTEGER NOT NULL,
  at_offset INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX one_version_for_each_sitting ON history (run, field, author, sitting) WHERE sealed = 0;
