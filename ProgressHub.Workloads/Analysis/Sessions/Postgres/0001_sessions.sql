-- What the embedded database has in its file analysis.db.
CREATE TABLE tables (
  id      text COLLATE "C" PRIMARY KEY,
  profile text   NOT NULL,
  bytes   bigint NOT NULL,
  used_at bigint NOT NULL
);

CREATE TABLE sources (
  id      text COLLATE "C" PRIMARY KEY,
  name    text   NOT NULL,
  bytes   bigint NOT NULL,
  used_at bigint NOT NULL
);

CREATE TABLE sessions (
  id          text COLLATE "C" PRIMARY KEY,
  owner       text   NOT NULL,
  name        text   NOT NULL,
  data_id     text   NOT NULL,
  data_name   text   NOT NULL,
  sample      text,
  choices     text   NOT NULL DEFAULT '{}',
  created_at  bigint NOT NULL,
  used_at     bigint NOT NULL,
  chosen      text,                                    -- the id that a client chose itself
  file        text,
  cleared_job text,                                    -- how far its log was cleared
  cleared_seq bigint NOT NULL DEFAULT 0,
  cleared_at  bigint NOT NULL DEFAULT 0
);
CREATE INDEX sessions_by_owner ON sessions (owner, created_at);

CREATE TABLE answers (
  job_id      text COLLATE "C" PRIMARY KEY,
  owner       text   NOT NULL,
  session_id  text,
  data_id     text   NOT NULL,
  engine      text   NOT NULL,
  normalized  text   NOT NULL,
  question    text   NOT NULL,
  embedder    text   NOT NULL,
  embedding   bytea  NOT NULL,
  choices     text   NOT NULL,
  result      bytea  NOT NULL,
  answered_at bigint NOT NULL
);
-- Without the question: one may be longer than an index takes.
CREATE INDEX answers_by_data ON answers (owner, data_id);
CREATE INDEX answers_by_age ON answers (owner, answered_at);
CREATE INDEX answers_by_session ON answers (session_id);

CREATE TABLE readings (
  id      text COLLATE "C" PRIMARY KEY,
  reading text NOT NULL
);
