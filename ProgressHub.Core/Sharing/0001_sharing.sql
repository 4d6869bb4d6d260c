-- Keys that all servers on this database go by: those of the data protection (ring/NAME, XML) and of the tokens of programs.
CREATE TABLE shared_keys (
  name     text COLLATE "C" PRIMARY KEY,
  value    bytea       NOT NULL,
  added_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- What came with a request and may not be stored in clear, encrypted, until the job has ended.
CREATE TABLE job_secrets (
  job      text COLLATE "C" PRIMARY KEY,
  value    bytea       NOT NULL,
  kept_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- When each sweep was last begun, by whichever node.
CREATE TABLE sweep_turns (
  name     text COLLATE "C" PRIMARY KEY,
  node     text        NOT NULL,
  begun_at timestamptz NOT NULL
);
