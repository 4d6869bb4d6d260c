-- How many bytes of text a document has, with its title, its headings and what else is known of it.
ALTER TABLE documents ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
UPDATE documents SET bytes = LENGTH(CAST(title AS BLOB)) + LENGTH(CAST(attributes AS BLOB)) + COALESCE((
  SELECT SUM(LENGTH(CAST(p.text AS BLOB)) + COALESCE(LENGTH(CAST(p.heading AS BLOB)), 0)) FROM passages p WHERE p.document = documents.key), 0);

-- What an owner has is counted from these alone.
CREATE INDEX IF NOT EXISTS documents_by_size ON documents (collection, bytes, passages);
