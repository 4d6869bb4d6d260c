namespace ProgressHub.Tests.Storage.Sqlite;

/// <summary>
/// What the first version left on users' disks: its schema as SQLite tells it, and a running job. Never changes; where a
/// test against it fails, a migration that has been released was edited.
/// </summary>
internal static class SchemaOfVersion1
{
    public const string Sql = """
        CREATE TABLE schema_version (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL);

        CREATE TABLE jobs (
          ord                INTEGER PRIMARY KEY AUTOINCREMENT, -- the order of submission; never used again after a purge
          id                 TEXT    NOT NULL UNIQUE,
          kind               TEXT    NOT NULL,
          title              TEXT    NOT NULL,
          title_folded       TEXT    NOT NULL,                  -- for searching, whatever the case
          tags               TEXT,                              -- a JSON array, in the submitter's order; null for none
          owner              TEXT    NOT NULL,
          state              TEXT    NOT NULL,
          attempt            INTEGER NOT NULL,
          fruitless_attempts INTEGER NOT NULL,
          cancel_requested   INTEGER NOT NULL,
          retry_of           TEXT,
          reuse_partials     INTEGER NOT NULL,
          node               TEXT,                              -- who claimed it last
          created_at         INTEGER NOT NULL,
          started_at         INTEGER,
          finished_at        INTEGER,
          run_after          INTEGER,
          last_seq           INTEGER NOT NULL,
          snapshot           BLOB    NOT NULL
        );

        CREATE INDEX jobs_by_owner ON jobs (owner, ord, title_folded);

        CREATE INDEX jobs_by_owner_state ON jobs (owner, state, ord);

        CREATE INDEX jobs_by_owner_kind_state ON jobs (owner, kind, state, ord);

        CREATE INDEX jobs_queued_of_kind ON jobs (kind, ord, run_after) WHERE state = 'queued';

        CREATE INDEX jobs_queued ON jobs (ord, run_after) WHERE state = 'queued';

        CREATE INDEX jobs_delayed ON jobs (run_after, ord) WHERE state = 'queued' AND run_after IS NOT NULL;

        CREATE INDEX jobs_under_way ON jobs (ord) WHERE state IN ('running', 'waitingForInput', 'canceling');

        CREATE INDEX jobs_finished ON jobs (kind, finished_at) WHERE finished_at IS NOT NULL;

        CREATE TABLE job_tags (
          owner TEXT    NOT NULL,
          tag   TEXT    NOT NULL,
          job   INTEGER NOT NULL,
          PRIMARY KEY (owner, tag, job)
        ) WITHOUT ROWID;

        CREATE INDEX job_tags_by_job ON job_tags (job);

        CREATE TABLE job_inputs (job INTEGER PRIMARY KEY, body BLOB NOT NULL);

        CREATE TABLE events (
          job  INTEGER NOT NULL,
          seq  INTEGER NOT NULL,
          type TEXT    NOT NULL,
          item INTEGER,                                         -- the index of a partial
          body BLOB    NOT NULL,
          PRIMARY KEY (job, seq)
        );

        CREATE INDEX events_partials ON events (job, item, seq) WHERE item IS NOT NULL;

        CREATE TABLE checkpoints (job INTEGER PRIMARY KEY, body BLOB NOT NULL);

        CREATE TABLE results (
          job          INTEGER PRIMARY KEY,
          content_type TEXT NOT NULL,
          file_name    TEXT NOT NULL,
          body         BLOB NOT NULL
        );

        CREATE TABLE idempotency (
          owner TEXT    NOT NULL,
          key   TEXT    NOT NULL,
          hash  TEXT    NOT NULL,
          job   INTEGER NOT NULL,
          PRIMARY KEY (owner, key)
        ) WITHOUT ROWID;

        CREATE INDEX idempotency_by_job ON idempotency (job);

        CREATE TABLE tombstones (id TEXT PRIMARY KEY, owner TEXT NOT NULL, purged_at INTEGER NOT NULL) WITHOUT ROWID;

        CREATE INDEX tombstones_by_age ON tombstones (purged_at);

        CREATE TABLE purges (job INTEGER PRIMARY KEY);

        CREATE TABLE probe (id INTEGER PRIMARY KEY, marker TEXT NOT NULL);

        CREATE TABLE job_counts (
          kind  TEXT    NOT NULL,
          state TEXT    NOT NULL,
          n     INTEGER NOT NULL,
          PRIMARY KEY (kind, state)
        ) WITHOUT ROWID;

        CREATE TRIGGER jobs_counted_in AFTER INSERT ON jobs BEGIN
          INSERT INTO job_counts (kind, state, n) VALUES (NEW.kind, NEW.state, 1)
            ON CONFLICT (kind, state) DO UPDATE SET n = n + 1;
        END;

        CREATE TRIGGER jobs_counted_on AFTER UPDATE OF state ON jobs WHEN OLD.state <> NEW.state BEGIN
          UPDATE job_counts SET n = n - 1 WHERE kind = OLD.kind AND state = OLD.state;
          INSERT INTO job_counts (kind, state, n) VALUES (NEW.kind, NEW.state, 1)
            ON CONFLICT (kind, state) DO UPDATE SET n = n + 1;
        END;

        CREATE TRIGGER jobs_counted_out AFTER DELETE ON jobs BEGIN
          UPDATE job_counts SET n = n - 1 WHERE kind = OLD.kind AND state = OLD.state;
        END;

        INSERT INTO schema_version VALUES (1, 'jobs_and_events', 17952180000000000);

        INSERT INTO jobs VALUES (7, '00112233445566778899aabbccddeeff', 'translation', 'Letter', 'LETTER', '["red"]', 'ann',
          'running', 2, 1, 0, NULL, 0, 'node', 17952180000000000, 17952180010000000, NULL, NULL, 2,
          CAST('{"jobId":"00112233445566778899aabbccddeeff","kind":"translation","title":"Letter","tags":["red"],"state":"running","seq":2,"attempt":2,"createdAt":"2026-11-20T10:00:00.000Z","startedAt":"2026-11-20T10:00:01.000Z"}' AS BLOB));
        INSERT INTO job_tags VALUES ('ann', 'red', 7);
        INSERT INTO job_inputs VALUES (7, CAST('{"text":"Hello"}' AS BLOB));
        INSERT INTO events VALUES (7, 1, 'queued', NULL, CAST('{"jobId":"00112233445566778899aabbccddeeff","seq":1,"at":"2026-11-20T10:00:00.000Z","type":"queued","attempt":0,"elapsedMs":0,"kind":"translation","title":"Letter","position":0}' AS BLOB));
        INSERT INTO events VALUES (7, 2, 'started', NULL, CAST('{"jobId":"00112233445566778899aabbccddeeff","seq":2,"at":"2026-11-20T10:00:01.000Z","type":"started","attempt":2,"elapsedMs":0,"stages":[]}' AS BLOB));

        """;
}
