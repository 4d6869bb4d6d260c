-- How many jobs an owner has of each kind and state, kept by the triggers of job_counts in its place, and in lanes as there:
-- the page of jobs asks each time a job changes its state. What is counted over all owners is the sum of these.
CREATE TABLE owner_job_counts (
  owner text   COLLATE "C" NOT NULL,
  kind  text   NOT NULL,
  state text   NOT NULL,
  lane  text   NOT NULL,
  n     bigint NOT NULL,
  PRIMARY KEY (owner, kind, state, lane)
);

-- Nobody may change a job between the count and the triggers that go on from it.
LOCK TABLE jobs IN SHARE ROW EXCLUSIVE MODE;
INSERT INTO owner_job_counts (owner, kind, state, lane, n) SELECT owner, kind, state, '', COUNT(*) FROM jobs GROUP BY owner, kind, state;

CREATE OR REPLACE FUNCTION count_jobs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    INSERT INTO owner_job_counts AS c (owner, kind, state, lane, n)
    VALUES (OLD.owner, OLD.kind, OLD.state, current_setting('application_name'), -1)
      ON CONFLICT (owner, kind, state, lane) DO UPDATE SET n = c.n - 1;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    INSERT INTO owner_job_counts AS c (owner, kind, state, lane, n)
    VALUES (NEW.owner, NEW.kind, NEW.state, current_setting('application_name'), 1)
      ON CONFLICT (owner, kind, state, lane) DO UPDATE SET n = c.n + 1;
  END IF;
  RETURN NULL;
END $$;

-- A node of the version before reads it until it is replaced.
DROP TABLE job_counts;
CREATE VIEW job_counts AS SELECT lane, kind, state, n FROM owner_job_counts;
