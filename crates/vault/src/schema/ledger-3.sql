-- How many changes the file has had. The number of the last one that was acknowledged is also kept beside it (`db::mark`).
ALTER TABLE sequence ADD COLUMN commits INTEGER NOT NULL DEFAULT 0;
