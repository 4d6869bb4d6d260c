-- Moments are whole 100 ns since 1970-01-01 UTC. JSON is UTF-8 in blobs. Side tables name a job by its ord: eight bytes
-- instead of 32 characters, and the rows of recent jobs stand side by side.

CREATE TABLE jobs (
  ord                INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of submission; never used again after a purge
  id                 TEXT    NOT NULL UNIQUE,
  kind               TEXT    NOT NULL,
  title              TEXT    NOT NULL,
  title_folded       TEXT    NOT NULL,                  -- for searching, whatever the case
  tags               TEXT,                              -- a JSON array, in the submitter's order; null for none
  owner              TEXT    NOT NULL,
  state              TEXT    NOT NULL,
  attempt            INTEGER NOT NULL,
  fruitless_attempts INTEGER NOT NULL,
  cancel_requested   INTEGER NOT NULL,
  retry_of           TEXT,
  reuse_partials     INTEGER NOT NULL,
  node               TEXT,                              -- who claimed it last
  created_at         INTEGER NOT NULL,
  started_at         INTEGER,
  finished_at        INTEGER,
  run_after          INTEGER,
  last_seq           INTEGER NOT NULL,
  snapshot           BLOB    NOT NULL
);

-- Listing: the newest of an owner, with or without a state or a kind; the folded title makes searching read this index
-- alone. Listing by kind goes through all states of it.
CREATE INDEX jobs_by_owner ON jobs (owner, ord, title_folded);
CREATE INDEX jobs_by_owner_state ON jobs (owner, state, ord);
CREATE INDEX jobs_by_owner_kind_state ON jobs (owner, kind, state, ord);

-- Scheduling: these hold live jobs only, so they stay small however many have finished.
CREATE INDEX jobs_queued_of_kind ON jobs (kind, ord, run_after) WHERE state = 'queued';
CREATE INDEX jobs_queued ON jobs (ord, run_after) WHERE state = 'queued';
CREATE INDEX jobs_delayed ON jobs (run_after, ord) WHERE state = 'queued' AND run_after IS NOT NULL;
CREATE INDEX jobs_under_way ON jobs (ord) WHERE state IN ('running', 'waitingForInput', 'canceling');

-- Retention.
CREATE INDEX jobs_finished ON jobs (kind, finished_at) WHERE finished_at IS NOT NULL;

CREATE TABLE job_tags (
  owner TEXT    NOT NULL,
  tag   TEXT    NOT NULL,
  job   INTEGER NOT NULL,
  PRIMARY KEY (owner, tag, job)
) WITHOUT ROWID;
CREATE INDEX job_tags_by_job ON job_tags (job);

CREATE TABLE job_inputs (job INTEGER PRIMARY KEY, body BLOB NOT NULL);

CREATE TABLE events (
  job  INTEGER NOT NULL,
  seq  INTEGER NOT NULL,
  type TEXT    NOT NULL,
  item INTEGER,                                         -- the index of a partial
  body BLOB    NOT NULL,
  PRIMARY KEY (job, seq)
);
CREATE INDEX events_partials ON events (job, item, seq) WHERE item IS NOT NULL;

CREATE TABLE checkpoints (job INTEGER PRIMARY KEY, body BLOB NOT NULL);

CREATE TABLE results (
  job          INTEGER PRIMARY KEY,
  content_type TEXT NOT NULL,
  file_name    TEXT NOT NULL,
  body         BLOB NOT NULL
);

CREATE TABLE idempotency (
  owner TEXT    NOT NULL,
  key   TEXT    NOT NULL,
  hash  TEXT    NOT NULL,
  job   INTEGER NOT NULL,
  PRIMARY KEY (owner, key)
) WITHOUT ROWID;
CREATE INDEX idempotency_by_job ON idempotency (job);

CREATE TABLE tombstones (id TEXT PRIMARY KEY, owner TEXT NOT NULL, purged_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX tombstones_by_age ON tombstones (purged_at);

-- Purged jobs whose events are not all deleted yet.
CREATE TABLE purges (job INTEGER PRIMARY KEY);

CREATE TABLE probe (id INTEGER PRIMARY KEY, marker TEXT NOT NULL);

-- How many jobs there are of each kind and state, kept by triggers: counting a million rows at every scrape of the
-- metrics is no option.
CREATE TABLE job_counts (
  kind  TEXT    NOT NULL,
  state TEXT    NOT NULL,
  n     INTEGER NOT NULL,
  PRIMARY KEY (kind, state)
) WITHOUT ROWID;

CREATE TRIGGER jobs_counted_in AFTER INSERT ON jobs BEGIN
  INSERT INTO job_counts (kind, state, n) VALUES (NEW.kind, NEW.state, 1)
    ON CONFLICT (kind, state) DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER jobs_counted_on AFTER UPDATE OF state ON jobs WHEN OLD.state <> NEW.state BEGIN
  UPDATE job_counts SET n = n - 1 WHERE kind = OLD.kind AND state = OLD.state;
  INSERT INTO job_counts (kind, state, n) VALUES (NEW.kind, NEW.state, 1)
    ON CONFLICT (kind, state) DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER jobs_counted_out AFTER DELETE ON jobs BEGIN
  UPDATE job_counts SET n = n - 1 WHERE kind = OLD.kind AND state = OLD.state;
END;
