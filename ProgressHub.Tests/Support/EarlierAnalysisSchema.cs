namespace ProgressHub.Tests.Support;

/// <summary>The schema of <c>analysis.db</c> as earlier programs made it, before it had numbered steps.</summary>
internal static class EarlierAnalysisSchema
{
    /// <summary>As it was first; the header's version is 0.</summary>
    public const string First =
        """
        CREATE TABLE tables (id TEXT PRIMARY KEY, profile TEXT NOT NULL, bytes INTEGER NOT NULL, used_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE sources (id TEXT PRIMARY KEY, name TEXT NOT NULL, bytes INTEGER NOT NULL, used_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE sessions (
          id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, data_id TEXT NOT NULL, data_name TEXT NOT NULL, sample TEXT,
          choices TEXT NOT NULL DEFAULT '{}', created_at INTEGER NOT NULL, used_at INTEGER NOT NULL) WITHOUT ROWID;
        CREATE INDEX sessions_by_owner ON sessions (owner, created_at);
        CREATE TABLE answers (
          job_id TEXT PRIMARY KEY, owner TEXT NOT NULL, session_id TEXT, data_id TEXT NOT NULL, engine TEXT NOT NULL, normalized TEXT NOT NULL,
          question TEXT NOT NULL, embedder TEXT NOT NULL, embedding BLOB NOT NULL, choices TEXT NOT NULL, result BLOB NOT NULL,
          answered_at INTEGER NOT NULL) WITHOUT ROWID;

        """;

    /// <summary>What the second one added.</summary>
    public const string Second =
        """
        ALTER TABLE sessions ADD COLUMN chosen TEXT;
        ALTER TABLE sessions ADD COLUMN file TEXT;
        ALTER TABLE sessions ADD COLUMN cleared_job TEXT;
        ALTER TABLE sessions ADD COLUMN cleared_seq INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE sessions ADD COLUMN cleared_at INTEGER NOT NULL DEFAULT 0;
        PRAGMA user_version = 1;

        """;

    /// <summary>A session of either.</summary>
    public const string Session =
        "INSERT INTO sessions (id, owner, name, data_id, data_name, created_at, used_at) VALUES ('old', 'ann', 'Old', 'd', 'd.csv', 1, 2);";
}
