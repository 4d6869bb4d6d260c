-- What each job used, by the month (UTC; year * 12 + month - 1) in which it was submitted. The row is written with the event
-- that tells of it, and stays when the job goes: deleting a job gives back its storage alone.
CREATE TABLE job_usage (
  month      INTEGER NOT NULL,
  owner      TEXT    NOT NULL,
  created_at INTEGER NOT NULL,
  job        INTEGER NOT NULL,
  tokens     INTEGER NOT NULL,
  cost_nano  INTEGER NOT NULL,                          -- thousand-millionths of the currency
  audio_ms   INTEGER NOT NULL,
  PRIMARY KEY (month, owner, created_at, job)
) WITHOUT ROWID;

-- A state that is damaged says nothing of usage; the start tells of it otherwise.
INSERT INTO job_usage (month, owner, created_at, job, tokens, cost_nano, audio_ms)
SELECT
  CAST(strftime('%Y', created_at / 10000000, 'unixepoch') AS INTEGER) * 12 + CAST(strftime('%m', created_at / 10000000, 'unixepoch') AS INTEGER) - 1,
  owner, created_at, ord,
  CAST(COALESCE(json_extract(state_text, '$.usage.inputTokens'), 0) + COALESCE(json_extract(state_text, '$.usage.outputTokens'), 0) AS INTEGER),
  CAST(COALESCE(json_extract(state_text, '$.usage.cost'), 0) * 1000000000 AS INTEGER), 0
FROM (
  SELECT ord, owner, created_at, CASE WHEN json_valid(CAST(snapshot AS TEXT)) THEN CAST(snapshot AS TEXT) ELSE '{}' END AS state_text FROM jobs
);

-- Bytes of an owner: read from these alone.
CREATE INDEX files_of_owner ON files (owner, length, received);

ALTER TABLE results ADD COLUMN owner TEXT;
ALTER TABLE results ADD COLUMN bytes INTEGER;
UPDATE results SET owner = (SELECT j.owner FROM jobs j WHERE j.ord = results.job), bytes = LENGTH(body);
CREATE INDEX results_of_owner ON results (owner, bytes);
