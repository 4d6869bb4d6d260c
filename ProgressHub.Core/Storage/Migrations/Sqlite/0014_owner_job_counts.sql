-- How many jobs an owner has of each kind and state, kept by triggers in place of job_counts: the page of jobs asks each time
-- a job changes its state. What is counted over all owners is the sum of these.
CREATE TABLE owner_job_counts (
  owner TEXT    NOT NULL,
  kind  TEXT    NOT NULL,
  state TEXT    NOT NULL,
  n     INTEGER NOT NULL,
  PRIMARY KEY (owner, kind, state)
) WITHOUT ROWID;

INSERT INTO owner_job_counts (owner, kind, state, n) SELECT owner, kind, state, COUNT(*) FROM jobs GROUP BY owner, kind, state;

DROP TRIGGER jobs_counted_in;
DROP TRIGGER jobs_counted_on;
DROP TRIGGER jobs_counted_out;
DROP TABLE job_counts;

CREATE TRIGGER jobs_counted_in AFTER INSERT ON jobs BEGIN
  INSERT INTO owner_job_counts (owner, kind, state, n) VALUES (NEW.owner, NEW.kind, NEW.state, 1)
    ON CONFLICT (owner, kind, state) DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER jobs_counted_on AFTER UPDATE OF state ON jobs WHEN OLD.state <> NEW.state BEGIN
  UPDATE owner_job_counts SET n = n - 1 WHERE owner = OLD.owner AND kind = OLD.kind AND state = OLD.state;
  INSERT INTO owner_job_counts (owner, kind, state, n) VALUES (NEW.owner, NEW.kind, NEW.state, 1)
    ON CONFLICT (owner, kind, state) DO UPDATE SET n = n + 1;
END;

CREATE TRIGGER jobs_counted_out AFTER DELETE ON jobs BEGIN
  UPDATE owner_job_counts SET n = n - 1 WHERE owner = OLD.owner AND kind = OLD.kind AND state = OLD.state;
END;
