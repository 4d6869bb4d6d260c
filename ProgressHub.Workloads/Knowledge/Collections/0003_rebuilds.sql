-- Which vectors a collection is searched by, and those that are being made to take their place.
ALTER TABLE collections ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
ALTER TABLE collections ADD COLUMN last_generation INTEGER NOT NULL DEFAULT 0;
ALTER TABLE collections ADD COLUMN next_embedding TEXT;
ALTER TABLE collections ADD COLUMN next_dimensions INTEGER;
ALTER TABLE collections ADD COLUMN next_generation INTEGER;

-- Vectors that nobody is to search any more, until they are gone from the vector store too.
CREATE TABLE IF NOT EXISTS retired_vectors (
  collection TEXT NOT NULL,
  generation INTEGER NOT NULL,
  dimensions INTEGER NOT NULL,
  PRIMARY KEY (collection, generation)
) WITHOUT ROWID;
