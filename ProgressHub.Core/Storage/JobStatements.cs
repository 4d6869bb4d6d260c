namespace ProgressHub.Core.Storage;

/// <summary>What the job store asks of the database.</summary>
internal static class JobStatements
{
    public static readonly SqlStatement Find = new($"SELECT {JobRow.Columns} FROM jobs WHERE id = @id");

    public static readonly SqlStatement FindTombstone = new("SELECT owner, purged_at FROM tombstones WHERE id = @id");

    public static readonly SqlStatement ReadInput =
        new("SELECT i.body FROM jobs j JOIN job_inputs i ON i.job = j.ord WHERE j.id = @id");

    public static readonly SqlStatement AmendInput = new("""
        UPDATE job_inputs SET body = @body WHERE job = (SELECT ord FROM jobs WHERE id = @id AND finished_at IS NULL)
        """);

    public static readonly SqlStatement ListInterrupted = new($"""
        SELECT {JobRow.Columns} FROM jobs WHERE {UnderWay} ORDER BY ord
        """);

    public static readonly SqlStatement Count = new("""
        SELECT kind, state, CAST(SUM(n) AS bigint) FROM owner_job_counts GROUP BY kind, state HAVING SUM(n) > 0
        """);

    public static readonly SqlStatement ReadCheckpoint =
        new("SELECT c.body FROM jobs j JOIN checkpoints c ON c.job = j.ord WHERE j.id = @id");

    /// <summary>What is so of jobs that have begun and not ended: an attempt has them.</summary>
    public const string UnderWay = "state IN ('running', 'waitingForInput', 'canceling')";

    // The fence stands in the statement itself: where the attempt is another's, or was given back to the queue, there is no
    // row to insert.
    public const string FencedJob =
        $"FROM jobs WHERE id = @id AND attempt = @attempt AND node IS NOT DISTINCT FROM @node AND {UnderWay}";

    public static readonly SqlStatement SaveCheckpoint = new($"""
        INSERT INTO checkpoints (job, body, attempt)
        SELECT ord, @body, attempt {FencedJob}
        ON CONFLICT (job) DO UPDATE SET body = excluded.body, attempt = excluded.attempt
        """);

    public static readonly SqlStatement HasCheckpoint = new("""
        SELECT 1 FROM jobs j JOIN checkpoints c ON c.job = j.ord WHERE j.id = @id AND c.attempt = @attempt
        """);

    public static readonly SqlStatement ReadResult = new("""
        SELECT r.content_type, r.file_name, r.body FROM jobs j JOIN results r ON r.job = j.ord WHERE j.id = @id
        """);

    public static readonly SqlStatement SaveResult = new($"""
        INSERT INTO results (job, content_type, file_name, body, owner, bytes)
        SELECT ord, @content_type, @file_name, @body, owner, @bytes {FencedJob}
        ON CONFLICT (job) DO UPDATE SET
          content_type = excluded.content_type, file_name = excluded.file_name, body = excluded.body, bytes = excluded.bytes
        """);

    public static readonly SqlStatement ListFinishedBefore = new("""
        SELECT id FROM jobs WHERE kind = @kind AND finished_at IS NOT NULL AND finished_at < @cutoff
        ORDER BY finished_at LIMIT @limit
        """);

    public static readonly SqlStatement WriteProbe = new("""
        INSERT INTO probe (id, marker) VALUES (1, @marker) ON CONFLICT (id) DO UPDATE SET marker = excluded.marker
        """);

    public static readonly SqlStatement ReadProbe = new("SELECT marker FROM probe WHERE id = 1");
}
