-- What each job used, by the month (UTC; year * 12 + month - 1) in which it was submitted. The row is written with the event
-- that tells of it, and stays when the job goes: deleting a job gives back its storage alone.
CREATE TABLE job_usage (
  month      bigint NOT NULL,
  owner      text COLLATE "C" NOT NULL,
  created_at bigint NOT NULL,
  job        bigint NOT NULL,
  tokens     bigint NOT NULL,
  cost_nano  bigint NOT NULL,                          -- thousand-millionths of the currency
  audio_ms   bigint NOT NULL,
  PRIMARY KEY (month, owner, created_at, job)
);

INSERT INTO job_usage (month, owner, created_at, job, tokens, cost_nano, audio_ms)
SELECT
  CAST(EXTRACT(YEAR FROM at) * 12 + EXTRACT(MONTH FROM at) - 1 AS bigint), owner, created_at, ord,
  COALESCE(CAST(state #>> '{usage,inputTokens}' AS bigint), 0) + COALESCE(CAST(state #>> '{usage,outputTokens}' AS bigint), 0),
  CAST(COALESCE(CAST(state #>> '{usage,cost}' AS numeric), 0) * 1000000000 AS bigint), 0
FROM (
  SELECT ord, owner, created_at, to_timestamp(created_at / 10000000) AT TIME ZONE 'UTC' AS at,
    CAST(convert_from(snapshot, 'UTF8') AS json) AS state FROM jobs
) AS known;

-- Bytes of an owner: read from these alone.
CREATE INDEX files_of_owner ON files (owner, length, received);

ALTER TABLE results ADD COLUMN owner text;
ALTER TABLE results ADD COLUMN bytes bigint;
UPDATE results SET owner = (SELECT j.owner FROM jobs j WHERE j.ord = results.job), bytes = LENGTH(body);
CREATE INDEX results_of_owner ON results (owner, bytes);
