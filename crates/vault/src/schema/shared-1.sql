-- Ours.

-- The lesson's text at the moment of a run's first seal.
CREATE TABLE pins (
  run     TEXT PRIMARY KEY REFERENCES runs (id) ON DELETE CASCADE,
  version TEXT NOT NULL,
  text    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A bookmark is here only while its owner shows it.
CREATE TABLE shown_bookmarks (
  run    TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  field  TEXT NOT NULL,
  person TEXT NOT NULL,
  part   INTEGER NOT NULL,
  PRIMARY KEY (run, field, person)
) STRICT, WITHOUT ROWID;

-- A seal is a commitment; nothing here tells a kept answer from a written one.
CREATE TABLE seals (
  run        TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  author     TEXT NOT NULL,
  field      TEXT NOT NULL,
  layer      TEXT NOT NULL,
  step       TEXT NOT NULL,
  rev        INTEGER NOT NULL,
  commitment BLOB NOT NULL CHECK (length(commitment) = 32),
  PRIMARY KEY (run, author, field, layer)
) STRICT, WITHOUT ROWID;

-- An opening cannot be here without its seal.
CREATE TABLE openings (
  run       TEXT NOT NULL,
  author    TEXT NOT NULL,
  field     TEXT NOT NULL,
  layer     TEXT NOT NULL,
  nonce     BLOB NOT NULL CHECK (length(nonce) = 32),
  text      TEXT NOT NULL,
  at        INTEGER NOT NULL,
  at_offset INTEGER NOT NULL,
  PRIMARY KEY (run, author, field, layer),
  FOREIGN KEY (run, author, field, layer) REFERENCES seals (run, author, field, layer)
) STRICT, WITHOUT ROWID;
