-- The order in which an owner's jobs ended, as it was committed: 1, 2, 3, … for each owner, never used again after a
-- purge. Whoever was away asks by it for the ends they missed.

ALTER TABLE jobs ADD COLUMN ending INTEGER;

CREATE TABLE endings (owner TEXT PRIMARY KEY, last INTEGER NOT NULL) WITHOUT ROWID;

UPDATE jobs SET ending = numbered.n
FROM (SELECT ord, ROW_NUMBER() OVER (PARTITION BY owner ORDER BY finished_at, ord) AS n
      FROM jobs WHERE finished_at IS NOT NULL) AS numbered
WHERE jobs.ord = numbered.ord;

INSERT INTO endings (owner, last) SELECT owner, MAX(ending) FROM jobs WHERE ending IS NOT NULL GROUP BY owner;

CREATE INDEX jobs_by_ending ON jobs (owner, ending) WHERE ending IS NOT NULL;
