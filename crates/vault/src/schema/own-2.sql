-- What was shared with somebody until they or I left: a copy of it, as data.
CREATE TABLE keepsakes (
  id        INTEGER PRIMARY KEY,
  of        BLOB NOT NULL UNIQUE,
  text      TEXT NOT NULL CHECK (json_valid(text)),
  at        INTEGER NOT NULL,
  at_offset INTEGER NOT NULL
) STRICT;
