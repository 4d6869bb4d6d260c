-- Counts the changes of what is in a collection: whoever has it in memory sees by it whether that is what is here.
ALTER TABLE collections ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
