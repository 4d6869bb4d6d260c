using System.Globalization;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>
/// Keeps what each job used, and counts what owners have. The database adds it up as it is written, so that no count reads a
/// row for each job.
/// </summary>
internal static class UsageStatements
{
    private const int Slice = 1000;
    private const decimal Nano = 1_000_000_000;

    // A day in the unit of moments; the migrations that count by day have it too.
    private const long Day = TimeSpan.TicksPerDay;

    private static readonly SqlStatement Insert = new("""
        INSERT INTO job_usage (month, owner, created_at, job, tokens, cost_nano, audio_ms)
        VALUES (@month, @owner, @created, @job, 0, 0, 0)
        """);

    private static readonly SqlStatement Update = new("""
        UPDATE job_usage SET tokens = @tokens, cost_nano = @cost, audio_ms = @audio
        WHERE month = @month AND owner = @owner AND created_at = @created AND job = @job
        """);

    private static readonly SqlStatement Underway =
        new($"SELECT COUNT(*) FROM jobs WHERE owner = @owner AND {JobStatements.UnderWay}");

    private static readonly SqlStatement Today = new(
        "SELECT CAST(COALESCE(SUM(jobs), 0) AS bigint) FROM usage_days WHERE month = @month AND owner = @owner AND day = @day");

    private const string SumsOfMonth = """
        SELECT CAST(COALESCE(SUM(jobs), 0) AS bigint) AS jobs, CAST(COALESCE(SUM(tokens), 0) AS bigint) AS tokens,
          CAST(COALESCE(SUM(cost_nano), 0) AS bigint) AS cost_nano, CAST(COALESCE(SUM(audio_ms), 0) AS bigint) AS audio_ms
        FROM usage_days WHERE month = @month AND owner = @owner
        """;

    private static readonly SqlStatement Month = new(SumsOfMonth);

    private static readonly SqlStatement Bytes =
        new("SELECT CAST(COALESCE(SUM(n), 0) AS bigint) FROM owner_bytes WHERE owner = @owner");

    private static readonly SqlStatement Old = new("""
        DELETE FROM job_usage WHERE (month, owner, created_at, job) IN
          (SELECT month, owner, created_at, job FROM job_usage WHERE month < @month LIMIT @limit)
        """);

    private static readonly SqlStatement OldDays = new("DELETE FROM usage_days WHERE month < @month");

    /// <summary>A job is created; it has used nothing.</summary>
    public static void Begin(SqlSession session, Job job, long ord) =>
        session.Execute(Insert, UsageMonth.Of(job.CreatedAt), job.Owner, Moment.ToStored(job.CreatedAt), ord);

    /// <summary>A job has used so much in all.</summary>
    public static void Note(SqlSession session, Job job, long ord, JobUsage used) => session.Execute(
        Update, used.Tokens, (long)Math.Round((used.Cost ?? 0) * Nano), (long)Math.Round((used.AudioSeconds ?? 0) * 1000),
        UsageMonth.Of(job.CreatedAt), job.Owner, Moment.ToStored(job.CreatedAt), ord);

    /// <summary>What an owner has now, and has used this day and month.</summary>
    public static OwnerUsage Of(SqlSession session, string owner, DateTimeOffset now) =>
        OfMonth(session, Month, UsageMonth.Of(now), owner) with
        {
            Running = Count(session, Underway, owner),
            Queued = QueueStatements.CountOf(session, owner),
            Today = CountToday(session, owner, now),
            StorageBytes = BytesOf(session, owner),
        };

    /// <summary>How many jobs an owner has submitted today.</summary>
    public static long CountToday(SqlSession session, string owner, DateTimeOffset now) =>
        Count(session, Today, UsageMonth.Of(now), owner, Moment.ToStored(now) / Day);

    /// <summary>
    /// The statement of <see cref="Beside"/>: one, so that both sums are of one moment. SQLite keeps to the order of a cross join:
    /// the few jobs first, and not all that their owner has used.
    /// </summary>
    public static SqlStatement BesideIn(SqlDialect dialect) => new($"""
        SELECT s1.jobs - s2.jobs, s1.tokens - s2.tokens, s1.cost_nano - s2.cost_nano, s1.audio_ms - s2.audio_ms
        FROM ({SumsOfMonth}) AS s1 CROSS JOIN (
          SELECT COUNT(*) AS jobs, CAST(COALESCE(SUM(u.tokens), 0) AS bigint) AS tokens,
            CAST(COALESCE(SUM(u.cost_nano), 0) AS bigint) AS cost_nano, CAST(COALESCE(SUM(u.audio_ms), 0) AS bigint) AS audio_ms
          FROM jobs j CROSS JOIN job_usage u
          WHERE {dialect.IsAmong("j.id", "@jobs")} AND u.month = @month AND u.owner = @owner AND u.created_at = j.created_at AND u.job = j.ord) AS s2
        """);

    /// <summary>What the owner's jobs of a month have used, but for some of them.</summary>
    public static OwnerUsage Beside(
        SqlSession session, SqlStatement beside, string owner, DateTimeOffset month, IReadOnlyCollection<JobId> but) => OfMonth(
        session, beside, UsageMonth.Of(month), owner, $"[{string.Join(',', but.Select(id => $"\"{id}\""))}]");

    /// <summary>How many bytes of files and results an owner has.</summary>
    public static long BytesOf(SqlSession session, string owner) => Count(session, Bytes, owner);

    /// <summary>Forgets a slice of what is of no month that is still counted; false where there is none.</summary>
    public static bool ForgetOld(SqlSession session, DateTimeOffset now)
    {
        session.Execute(OldDays, UsageMonth.Of(now) - 1);
        return session.Execute(Old, UsageMonth.Of(now) - 1, Slice) > 0;
    }

    private static OwnerUsage OfMonth(SqlSession session, SqlStatement statement, params ReadOnlySpan<object?> values) => session.First(
        statement,
        reader => new OwnerUsage
        {
            Month = reader.GetInt64(0), Tokens = reader.GetInt64(1), Cost = reader.GetInt64(2) / Nano, AudioSeconds = reader.GetInt64(3) / 1000.0,
        },
        values)!;

    private static long Count(SqlSession session, SqlStatement statement, params ReadOnlySpan<object?> values) =>
        Convert.ToInt64(session.Scalar(statement, values), CultureInfo.InvariantCulture);
}
