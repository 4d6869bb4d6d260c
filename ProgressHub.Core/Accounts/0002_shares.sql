CREATE TABLE job_shares (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  job TEXT NOT NULL,
  -- Whose the job was: a share says nothing of another's job of that id.
  owner_id TEXT NOT NULL,
  created_by TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  -- With whom; null of a link.
  account_id TEXT,
  secret_hash BLOB UNIQUE,
  may INTEGER NOT NULL,
  expires_at INTEGER,
  opens INTEGER NOT NULL DEFAULT 0
);

CREATE UNIQUE INDEX job_shares_by_job ON job_shares (job, account_id) WHERE account_id IS NOT NULL;
CREATE INDEX job_shares_of_job ON job_shares (job);
CREATE INDEX job_shares_by_account ON job_shares (account_id) WHERE account_id IS NOT NULL;

-- Who opened a link: one row for each of them.
CREATE TABLE share_opens (
  share INTEGER NOT NULL,
  opener TEXT NOT NULL,
  address TEXT,
  first_at INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  opens INTEGER NOT NULL,
  PRIMARY KEY (share, opener)
) WITHOUT ROWID;

CREATE INDEX share_opens_by_opener ON share_opens (opener);
