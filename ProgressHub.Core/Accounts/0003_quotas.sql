-- What single accounts are allowed in place of what everybody is; no number where a bound is lifted.
CREATE TABLE quotas (
  account_id TEXT NOT NULL,
  bound TEXT NOT NULL,
  most TEXT,
  PRIMARY KEY (account_id, bound)
) WITHOUT ROWID;

-- What was changed, such as role=administrator; never a secret.
ALTER TABLE audit ADD COLUMN detail TEXT;

CREATE INDEX audit_by_account ON audit (account_id, id);
CREATE INDEX audit_by_subject ON audit (subject, id);
