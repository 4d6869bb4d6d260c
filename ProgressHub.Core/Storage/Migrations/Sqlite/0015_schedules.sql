-- Jobs to be submitted at certain times. next_at is when one is due, null where it is paused or over; whoever sees to it claims
-- it until a moment, so that of several nodes one does.
CREATE TABLE schedules (
  id            TEXT    PRIMARY KEY,
  owner         TEXT    NOT NULL,
  name          TEXT    NOT NULL,
  kind          TEXT    NOT NULL,
  tags          TEXT,                                   -- a JSON array
  cron          TEXT,                                   -- five fields; null for one time
  time_zone     TEXT    NOT NULL,
  at            INTEGER,                                -- the one time
  overlap       TEXT    NOT NULL,                       -- skip, allow
  enabled       INTEGER NOT NULL,
  created_at    INTEGER NOT NULL,
  next_at       INTEGER,
  claimed_until INTEGER NOT NULL DEFAULT 0,
  last_due      INTEGER,
  last_at       INTEGER,
  last_outcome  TEXT,                                   -- started, skipped, missed, refused
  last_code     TEXT,
  last_message  TEXT,
  run_job       TEXT,                                   -- the job of the last run
  last_job      TEXT,                                   -- the last job there was
  version       INTEGER NOT NULL DEFAULT 0,
  input         BLOB    NOT NULL                        -- JSON; the last, so that lists need not read it
);
CREATE INDEX schedules_of_owner ON schedules (owner, created_at);
CREATE INDEX schedules_due ON schedules (next_at) WHERE next_at IS NOT NULL;
