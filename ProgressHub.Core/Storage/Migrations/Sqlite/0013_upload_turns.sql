-- Which node writes an upload, where several could: the store gives them turns, and an advance names its own.
ALTER TABLE files ADD COLUMN writer TEXT;                           -- the node that writes now; null where nobody does
ALTER TABLE files ADD COLUMN turn INTEGER NOT NULL DEFAULT 0;       -- how often somebody began to write
ALTER TABLE files ADD COLUMN wanted INTEGER NOT NULL DEFAULT 0;     -- whether another node waits for its turn
ALTER TABLE files ADD COLUMN arrived INTEGER NOT NULL DEFAULT 0;    -- what has come and is not certain to be on disk: to be shown
ALTER TABLE files ADD COLUMN expected INTEGER NOT NULL DEFAULT 0;   -- how many bytes will come, as the request lets us guess; else 0
