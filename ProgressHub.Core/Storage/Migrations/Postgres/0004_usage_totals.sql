-- What owners have used by day (UTC, days since 1970) and what they have stored, kept by triggers: each submission and each
-- call of a model asks, and the rows of a hundred thousand jobs are too many to be added up each time. Each program that
-- writes counts in a lane of its own, as in job_counts; a reader sums the lanes, of which one alone may be negative.
CREATE TABLE usage_days (
  month     bigint NOT NULL,
  owner     text COLLATE "C" NOT NULL,
  day       bigint NOT NULL,
  lane      text   NOT NULL,
  jobs      bigint NOT NULL,
  tokens    bigint NOT NULL,
  cost_nano bigint NOT NULL,
  audio_ms  bigint NOT NULL,
  PRIMARY KEY (month, owner, day, lane)
);

INSERT INTO usage_days (month, owner, day, lane, jobs, tokens, cost_nano, audio_ms)
SELECT month, owner, created_at / 864000000000, '', COUNT(*), SUM(tokens), SUM(cost_nano), SUM(audio_ms)
FROM job_usage GROUP BY month, owner, created_at / 864000000000;

CREATE FUNCTION count_usage() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  more_jobs bigint := 0;
  more_tokens bigint := NEW.tokens;
  more_cost bigint := NEW.cost_nano;
  more_audio bigint := NEW.audio_ms;
BEGIN
  IF TG_OP = 'INSERT' THEN
    more_jobs := 1;
  ELSE
    more_tokens := more_tokens - OLD.tokens;
    more_cost := more_cost - OLD.cost_nano;
    more_audio := more_audio - OLD.audio_ms;
  END IF;
  INSERT INTO usage_days AS d (month, owner, day, lane, jobs, tokens, cost_nano, audio_ms)
  VALUES (NEW.month, NEW.owner, NEW.created_at / 864000000000, current_setting('application_name'), more_jobs, more_tokens, more_cost, more_audio)
    ON CONFLICT (month, owner, day, lane) DO UPDATE SET
      jobs = d.jobs + more_jobs, tokens = d.tokens + more_tokens, cost_nano = d.cost_nano + more_cost, audio_ms = d.audio_ms + more_audio;
  RETURN NULL;
END $$;

CREATE TRIGGER job_usage_counted AFTER INSERT OR UPDATE OF tokens, cost_nano, audio_ms ON job_usage
  FOR EACH ROW EXECUTE FUNCTION count_usage();

CREATE TABLE owner_bytes (owner text COLLATE "C" NOT NULL, lane text NOT NULL, n bigint NOT NULL, PRIMARY KEY (owner, lane));

INSERT INTO owner_bytes (owner, lane, n)
SELECT owner, '', SUM(n) FROM (
  SELECT owner, COALESCE(length, received) AS n FROM files
  UNION ALL SELECT owner, bytes FROM results WHERE owner IS NOT NULL AND bytes IS NOT NULL
) AS stored GROUP BY owner;

CREATE FUNCTION count_owner_bytes(owner_of text, more bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF owner_of IS NOT NULL AND more <> 0 THEN
    INSERT INTO owner_bytes AS b (owner, lane, n) VALUES (owner_of, current_setting('application_name'), more)
      ON CONFLICT (owner, lane) DO UPDATE SET n = b.n + more;
  END IF;
END $$;

CREATE FUNCTION count_file_of_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM count_owner_bytes(NEW.owner, COALESCE(NEW.length, NEW.received));
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM count_owner_bytes(OLD.owner, -COALESCE(OLD.length, OLD.received));
  ELSE
    PERFORM count_owner_bytes(NEW.owner, COALESCE(NEW.length, NEW.received) - COALESCE(OLD.length, OLD.received));
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION count_result_of_owner() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM count_owner_bytes(NEW.owner, COALESCE(NEW.bytes, 0));
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM count_owner_bytes(OLD.owner, -COALESCE(OLD.bytes, 0));
  ELSE
    PERFORM count_owner_bytes(NEW.owner, COALESCE(NEW.bytes, 0) - COALESCE(OLD.bytes, 0));
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER files_of_owner_counted AFTER INSERT OR DELETE OR UPDATE OF length, received ON files
  FOR EACH ROW EXECUTE FUNCTION count_file_of_owner();
CREATE TRIGGER results_of_owner_counted AFTER INSERT OR DELETE OR UPDATE OF bytes ON results
  FOR EACH ROW EXECUTE FUNCTION count_result_of_owner();

-- Nobody adds up bytes by these any more.
DROP INDEX files_of_owner;
DROP INDEX results_of_owner;
