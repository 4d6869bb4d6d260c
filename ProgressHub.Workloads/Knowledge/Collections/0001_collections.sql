CREATE TABLE IF NOT EXISTS collections (
  id TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  name TEXT NOT NULL,
  description TEXT,
  embedding TEXT NOT NULL,
  dimensions INTEGER,
  created_at INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX IF NOT EXISTS collections_by_owner ON collections (owner, created_at);

CREATE TABLE IF NOT EXISTS documents (
  key INTEGER PRIMARY KEY,
  collection TEXT NOT NULL,
  id TEXT NOT NULL,
  title TEXT NOT NULL,
  attributes TEXT NOT NULL,
  hash TEXT NOT NULL,
  passages INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  UNIQUE (collection, id)
);

CREATE TABLE IF NOT EXISTS passages (
  id INTEGER PRIMARY KEY,
  document INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  heading TEXT,
  text TEXT NOT NULL
);

CREATE UNIQUE INDEX IF NOT EXISTS passages_by_document ON passages (document, ordinal);

-- Passage ids are never given twice, whatever becomes of the passage: a vector store may still hold one that is gone.
CREATE TABLE IF NOT EXISTS passage_ids (next INTEGER NOT NULL);
INSERT INTO passage_ids SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM passage_ids);
