namespace ProgressHub.Core.Storage;

/// <summary>What the file store asks of the database.</summary>
internal static class FileStatements
{
    private const string Open = "(completed_at IS NULL OR used = 0)";

    public static readonly SqlStatement CountOpen = new($"SELECT COUNT(*) FROM files WHERE owner = @owner AND {Open}");

    public static readonly SqlStatement CountBytes = new("SELECT CAST(COALESCE(SUM(n), 0) AS bigint) FROM file_bytes");

    public static readonly SqlStatement Insert = new("""
        INSERT INTO files (id, owner, name, media_type, length, received, resumable, used, created_at, touched_at, concat)
        VALUES (@id, @owner, @name, @media_type, @length, @received, @resumable, 0, @created, @touched, @concat)
        """);

    public static readonly SqlStatement Find = new($"SELECT {FileRow.Columns} FROM files f WHERE f.id = @id");

    public static readonly SqlStatement Advance = new("""
        UPDATE files SET received = @received, length = @length, media_type = @media_type, touched_at = @touched,
          completed_at = @completed
        WHERE id = @id AND completed_at IS NULL AND turn = @turn
        """);

    // Of several who saw the same, one goes on.
    public static readonly SqlStatement TakeTurn = new("""
        UPDATE files SET writer = @node, turn = turn + 1, wanted = 0, arrived = received
        WHERE id = @id AND completed_at IS NULL AND turn = @turn AND (writer IS NULL OR writer = @seen)
        """);

    public static readonly SqlStatement WantTurn =
        new("UPDATE files SET wanted = 1 WHERE id = @id AND turn = @turn AND writer IS NOT NULL AND wanted = 0");

    public static readonly SqlStatement TellArrived = new("""
        UPDATE files SET arrived = @arrived, expected = @expected, touched_at = @touched
        WHERE id = @id AND turn = @turn AND writer IS NOT NULL AND completed_at IS NULL
        """);

    public static readonly SqlStatement EndTurn =
        new("UPDATE files SET writer = NULL, wanted = 0, arrived = received WHERE id = @id AND turn = @turn AND writer IS NOT NULL");

    public static readonly SqlStatement ListOfJob = new($"""
        SELECT {FileRow.Columns}, l.derived FROM jobs j JOIN job_files l ON l.job = j.ord JOIN files f ON f.id = l.file
        WHERE j.id = @job ORDER BY l.derived IS NOT NULL, l.derived, f.created_at, f.id
        """);

    // The owner stands in the statement: somebody else's file is no file.
    public static readonly SqlStatement Link = new("""
        INSERT INTO job_files (job, file) SELECT @job, id FROM files WHERE id = @file AND owner = @owner
        ON CONFLICT (job, file) DO NOTHING
        """);

    public static readonly SqlStatement IsOwn = new("SELECT 1 FROM files WHERE id = @file AND owner = @owner");

    public static readonly SqlStatement Use = new("UPDATE files SET used = 1 WHERE id = @file AND used = 0");

    public static readonly SqlStatement UseDerived = new("UPDATE files SET used = 1, media_type = @media_type WHERE id = @file");

    // The fence stands in the statement itself, as for checkpoints.
    public static readonly SqlStatement LinkDerived = new($"""
        INSERT INTO job_files (job, file, derived) SELECT ord, @file, @name {JobStatements.FencedJob}
        """);

    public static readonly SqlStatement[] ReplaceDerived =
    [
        new($"INSERT INTO file_removals (id) {Derived} ON CONFLICT (id) DO NOTHING"),
        new($"DELETE FROM files WHERE id IN ({Derived})"),
        new($"""
            DELETE FROM job_files WHERE job = (SELECT ord {JobStatements.FencedJob}) AND derived = @name
            """),
    ];

    public static readonly SqlStatement Remove = new($"""
        DELETE FROM files WHERE id = @id AND (@even_if_used = 1 OR {Open}) RETURNING id
        """);

    public static readonly SqlStatement NoteRemoval =
        new("INSERT INTO file_removals (id) VALUES (@id) ON CONFLICT (id) DO NOTHING");

    public static readonly SqlStatement Unlink = new("DELETE FROM job_files WHERE file = @id");

    public static readonly SqlStatement ListIncompleteOfJob = new("""
        SELECT f.id FROM jobs j JOIN job_files l ON l.job = j.ord JOIN files f ON f.id = l.file
        WHERE j.id = @job AND f.completed_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM job_files o WHERE o.file = f.id AND o.job <> j.ord)
        """);

    public static readonly SqlStatement ListStale =
        new($"SELECT id FROM files WHERE touched_at < @cutoff AND {Open} ORDER BY touched_at LIMIT @limit OFFSET @skip");

    public static readonly SqlStatement ListUnresumable =
        new($"SELECT id FROM files WHERE {Open} AND completed_at IS NULL AND resumable = 0");

    public static readonly SqlStatement List =
        new($"SELECT {FileRow.Columns} FROM files f WHERE f.id > @after ORDER BY f.id LIMIT @limit");

    public static readonly SqlStatement ListRemoved = new("SELECT id FROM file_removals LIMIT @limit");

    public static readonly SqlStatement ForgetRemoved = new("DELETE FROM file_removals WHERE id = @id");

    /// <summary>What goes with a job: its links, and the files that no other job uses.</summary>
    public static readonly SqlStatement[] PurgeJob =
    [
        new($"INSERT INTO file_removals (id) {Last} ON CONFLICT (id) DO NOTHING"),
        new($"DELETE FROM files WHERE id IN ({Last})"),
        new("DELETE FROM job_files WHERE job = @job"),
    ];

    // "WHERE" is what keeps SQLite from reading the conflict clause as part of a join.
    private const string Last = """
        SELECT l.file FROM job_files l WHERE l.job = @job
          AND NOT EXISTS (SELECT 1 FROM job_files o WHERE o.file = l.file AND o.job <> l.job)
        """;

    private const string Derived = $"""
        SELECT file FROM job_files WHERE job = (SELECT ord {JobStatements.FencedJob}) AND derived = @name
        """;
}
