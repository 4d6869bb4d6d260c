-- A lane of deliveries for each webhook; next_at is when its first pending delivery is due, null where none is pending.
-- The messages themselves are the events; nothing of them is kept twice.
CREATE TABLE webhooks (
  job       INTEGER PRIMARY KEY,
  url       TEXT    NOT NULL,
  host      TEXT    NOT NULL,
  events    TEXT    NOT NULL,                 -- a JSON array
  secret    BLOB    NOT NULL,                 -- encrypted
  cursor    INTEGER NOT NULL,                 -- the last event looked at
  following INTEGER NOT NULL,
  disabled  INTEGER NOT NULL,
  next_at   INTEGER
);
CREATE INDEX webhooks_due ON webhooks (host, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX webhooks_next ON webhooks (next_at) WHERE next_at IS NOT NULL;
CREATE INDEX webhooks_following ON webhooks (job) WHERE following = 1;

CREATE TABLE webhook_deliveries (
  job      INTEGER NOT NULL,
  seq      INTEGER NOT NULL,
  type     TEXT    NOT NULL,
  at       INTEGER NOT NULL,
  state    TEXT    NOT NULL,                  -- pending, delivered, failed
  next_at  INTEGER,
  tried    INTEGER NOT NULL,                  -- how often
  attempts BLOB,                              -- JSON, the last few
  PRIMARY KEY (job, seq)
) WITHOUT ROWID;
CREATE INDEX webhook_deliveries_pending ON webhook_deliveries (job, seq) WHERE state = 'pending';
