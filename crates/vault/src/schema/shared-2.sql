-- That an overlap was opened: once for each run, whether or not a card came of it.
CREATE TABLE overlaps (
  run       TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  field     TEXT NOT NULL,
  step      TEXT NOT NULL,
  at        INTEGER NOT NULL,
  at_offset INTEGER NOT NULL,
  PRIMARY KEY (run, field)
) STRICT, WITHOUT ROWID;
