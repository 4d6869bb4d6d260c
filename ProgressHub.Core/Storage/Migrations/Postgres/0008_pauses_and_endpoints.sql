-- What may not begin now: jobs of a kind, or all where the kind is empty. A claim reads it in the statement that chooses jobs,
-- so that no node begins a job once a pause is committed.
CREATE TABLE queue_pauses (
  kind      text   PRIMARY KEY,
  paused_by text,                                       -- what the account is called; null where nobody signs in
  at        bigint NOT NULL
);

-- Where an owner's jobs from the forms of the web UI tell of themselves, unless another address is written there.
CREATE TABLE default_webhooks (
  owner  text  PRIMARY KEY,
  url    text  NOT NULL,
  events text  NOT NULL,                                -- their types, with commas between
  secret bytea NOT NULL                                 -- encrypted, never the secret itself
);
