-- What owners have used by day (UTC, days since 1970) and what they have stored, kept by triggers: each submission and each
-- call of a model asks, and the rows of a hundred thousand jobs are too many to be added up each time.
CREATE TABLE usage_days (
  month     INTEGER NOT NULL,
  owner     TEXT    NOT NULL,
  day       INTEGER NOT NULL,
  jobs      INTEGER NOT NULL,
  tokens    INTEGER NOT NULL,
  cost_nano INTEGER NOT NULL,
  audio_ms  INTEGER NOT NULL,
  PRIMARY KEY (month, owner, day)
) WITHOUT ROWID;

INSERT INTO usage_days (month, owner, day, jobs, tokens, cost_nano, audio_ms)
SELECT month, owner, created_at / 864000000000, COUNT(*), SUM(tokens), SUM(cost_nano), SUM(audio_ms)
FROM job_usage GROUP BY month, owner, created_at / 864000000000;

CREATE TRIGGER job_usage_added AFTER INSERT ON job_usage BEGIN
  INSERT INTO usage_days (month, owner, day, jobs, tokens, cost_nano, audio_ms)
  VALUES (NEW.month, NEW.owner, NEW.created_at / 864000000000, 1, NEW.tokens, NEW.cost_nano, NEW.audio_ms)
    ON CONFLICT (month, owner, day) DO UPDATE SET
      jobs = jobs + 1, tokens = tokens + NEW.tokens, cost_nano = cost_nano + NEW.cost_nano, audio_ms = audio_ms + NEW.audio_ms;
END;

CREATE TRIGGER job_usage_changed AFTER UPDATE OF tokens, cost_nano, audio_ms ON job_usage BEGIN
  UPDATE usage_days SET
    tokens = tokens + NEW.tokens - OLD.tokens, cost_nano = cost_nano + NEW.cost_nano - OLD.cost_nano, audio_ms = audio_ms + NEW.audio_ms - OLD.audio_ms
  WHERE month = NEW.month AND owner = NEW.owner AND day = NEW.created_at / 864000000000;
END;

CREATE TABLE owner_bytes (owner TEXT PRIMARY KEY NOT NULL, n INTEGER NOT NULL) WITHOUT ROWID;

INSERT INTO owner_bytes (owner, n)
SELECT owner, SUM(n) FROM (
  SELECT owner, COALESCE(length, received) AS n FROM files
  UNION ALL SELECT owner, bytes FROM results WHERE owner IS NOT NULL AND bytes IS NOT NULL
) GROUP BY owner;

CREATE TRIGGER file_added_to_owner AFTER INSERT ON files BEGIN
  INSERT INTO owner_bytes (owner, n) VALUES (NEW.owner, COALESCE(NEW.length, NEW.received))
    ON CONFLICT (owner) DO UPDATE SET n = n + COALESCE(NEW.length, NEW.received);
END;

CREATE TRIGGER file_changed_of_owner AFTER UPDATE OF length, received ON files
WHEN COALESCE(OLD.length, OLD.received) <> COALESCE(NEW.length, NEW.received) BEGIN
  UPDATE owner_bytes SET n = n + COALESCE(NEW.length, NEW.received) - COALESCE(OLD.length, OLD.received) WHERE owner = NEW.owner;
END;

CREATE TRIGGER file_taken_from_owner AFTER DELETE ON files BEGIN
  UPDATE owner_bytes SET n = n - COALESCE(OLD.length, OLD.received) WHERE owner = OLD.owner;
END;

CREATE TRIGGER result_added_to_owner AFTER INSERT ON results WHEN NEW.owner IS NOT NULL BEGIN
  INSERT INTO owner_bytes (owner, n) VALUES (NEW.owner, COALESCE(NEW.bytes, 0))
    ON CONFLICT (owner) DO UPDATE SET n = n + COALESCE(NEW.bytes, 0);
END;

CREATE TRIGGER result_changed_of_owner AFTER UPDATE OF bytes ON results BEGIN
  UPDATE owner_bytes SET n = n + COALESCE(NEW.bytes, 0) - COALESCE(OLD.bytes, 0) WHERE owner = NEW.owner;
END;

CREATE TRIGGER result_taken_from_owner AFTER DELETE ON results BEGIN
  UPDATE owner_bytes SET n = n - COALESCE(OLD.bytes, 0) WHERE owner = OLD.owner;
END;

-- Nobody adds up bytes by these any more.
DROP INDEX files_of_owner;
DROP INDEX results_of_owner;
