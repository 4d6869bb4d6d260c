-- What may not begin now: jobs of a kind, or all where the kind is empty. A claim reads it in the statement that chooses jobs.
CREATE TABLE queue_pauses (
  kind      TEXT    PRIMARY KEY NOT NULL,
  paused_by TEXT,                                       -- what the account is called; null where nobody signs in
  at        INTEGER NOT NULL
) WITHOUT ROWID;

-- Where an owner's jobs from the forms of the web UI tell of themselves, unless another address is written there.
CREATE TABLE default_webhooks (
  owner  TEXT PRIMARY KEY NOT NULL,
  url    TEXT NOT NULL,
  events TEXT NOT NULL,                                 -- their types, with commas between
  secret BLOB NOT NULL                                  -- encrypted, never the secret itself
) WITHOUT ROWID;
