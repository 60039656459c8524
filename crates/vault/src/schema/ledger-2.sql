-- What somebody may look for: the words of answers that are not sensitive, and nothing else.

-- Whether an answer is sensitive; nothing where nobody has said yet.
ALTER TABLE answers ADD COLUMN sensitive INTEGER CHECK (sensitive IN (0, 1));

-- A number is never used again (`search`).
-- `layer` and `author` are empty for answers; what was opened together is found under both.
CREATE TABLE findable (
  id     INTEGER PRIMARY KEY AUTOINCREMENT,
  run    TEXT NOT NULL,
  field  TEXT NOT NULL,
  layer  TEXT NOT NULL,
  author TEXT NOT NULL,
  UNIQUE (run, field, layer, author)
) STRICT;

CREATE VIRTUAL TABLE search USING fts5 (words, tokenize = "unicode61 remove_diacritics 2");
-- Else a word that was removed stays in the index until its segment happens to be merged.
INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
