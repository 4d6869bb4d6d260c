-- Jobs to be submitted at certain times. next_at is when one is due, null where it is paused or over; whoever sees to it claims
-- it until a moment, so that of several nodes one does.
CREATE TABLE schedules (
  id            text COLLATE "C" PRIMARY KEY,
  owner         text COLLATE "C" NOT NULL,
  name          text    NOT NULL,
  kind          text    NOT NULL,
  tags          text,                                   -- a JSON array
  cron          text,                                   -- five fields; null for one time
  time_zone     text    NOT NULL,
  at            bigint,                                -- the one time
  overlap       text    NOT NULL,                       -- skip, allow
  enabled       bigint NOT NULL,
  created_at    bigint NOT NULL,
  next_at       bigint,
  claimed_until bigint NOT NULL DEFAULT 0,
  last_due      bigint,
  last_at       bigint,
  last_outcome  text,                                   -- started, skipped, missed, refused
  last_code     text,
  last_message  text,
  run_job       text,                                   -- the job of the last run
  last_job      text,                                   -- the last job there was
  version       bigint NOT NULL DEFAULT 0,
  input         bytea   NOT NULL                        -- JSON; the last, so that lists need not read it
);
CREATE INDEX schedules_of_owner ON schedules (owner, created_at);
CREATE INDEX schedules_due ON schedules (next_at) WHERE next_at IS NOT NULL;
