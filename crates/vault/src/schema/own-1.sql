-- Only mine.

CREATE TABLE settings (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The shared key. Shared.db opens when one of the two is unlocked.
CREATE TABLE secrets (
  name  TEXT PRIMARY KEY,
  bytes BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE bookmarks (
  run   TEXT NOT NULL,
  field TEXT NOT NULL,
  part  INTEGER,
  shown INTEGER NOT NULL CHECK (shown IN (0, 1)),
  PRIMARY KEY (run, field)
) STRICT, WITHOUT ROWID;

-- Texts and nonces of my seals. Without its seal in shared.db such a text is a draft like any other.
CREATE TABLE frozen (
  run       TEXT NOT NULL,
  field     TEXT NOT NULL,
  layer     TEXT NOT NULL,
  step      TEXT NOT NULL,
  rev       INTEGER NOT NULL,
  text      TEXT NOT NULL,
  nonce     BLOB NOT NULL CHECK (length(nonce) = 32),
  at        INTEGER NOT NULL,
  at_offset INTEGER NOT NULL,
  PRIMARY KEY (run, field, layer)
) STRICT, WITHOUT ROWID;

-- Both commitments of every pair of seals, mine and the other's.
CREATE TABLE commitments (
  run        TEXT NOT NULL,
  author     TEXT NOT NULL,
  field      TEXT NOT NULL,
  layer      TEXT NOT NULL,
  step       TEXT NOT NULL,
  commitment BLOB NOT NULL CHECK (length(commitment) = 32),
  PRIMARY KEY (run, author, field, layer)
) STRICT, WITHOUT ROWID;
