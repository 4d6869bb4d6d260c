CREATE TABLE accounts (
  id TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  -- Only of accounts with a password: what a provider calls somebody need not be theirs alone.
  name_key TEXT UNIQUE,
  role INTEGER NOT NULL,
  password_hash TEXT,
  issuer TEXT,
  subject TEXT,
  failures INTEGER NOT NULL DEFAULT 0,
  locked_until INTEGER,
  disabled_at INTEGER,
  created_at INTEGER NOT NULL,
  UNIQUE (issuer, subject)
) WITHOUT ROWID;

CREATE TABLE sign_in_sessions (
  id TEXT NOT NULL PRIMARY KEY,
  account_id TEXT NOT NULL,
  secret_hash BLOB NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  browser TEXT,
  address TEXT,
  provider_tokens BLOB,
  ask_provider_at INTEGER
) WITHOUT ROWID;

CREATE INDEX sign_in_sessions_by_account ON sign_in_sessions (account_id);
CREATE INDEX sign_in_sessions_by_end ON sign_in_sessions (expires_at);
CREATE INDEX sign_in_sessions_to_ask ON sign_in_sessions (ask_provider_at) WHERE ask_provider_at IS NOT NULL;

CREATE TABLE api_keys (
  id TEXT NOT NULL PRIMARY KEY,
  account_id TEXT NOT NULL,
  secret_hash BLOB NOT NULL UNIQUE,
  name TEXT NOT NULL,
  prefix TEXT NOT NULL,
  scopes TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER,
  used_at INTEGER
) WITHOUT ROWID;

CREATE INDEX api_keys_by_account ON api_keys (account_id);

CREATE TABLE audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  account_id TEXT,
  action TEXT NOT NULL,
  subject TEXT,
  address TEXT
);
