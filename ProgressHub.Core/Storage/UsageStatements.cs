using System.Globalization;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>Keeps what each job used, and counts what owners have. Every count reads a range of an index.</summary>
internal static class UsageStatements
{
    private const int Slice = 1000;
    private const decimal Nano = 1_000_000_000;

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

    private static readonly SqlStatement Today =
        new("SELECT COUNT(*) FROM job_usage WHERE month = @month AND owner = @owner AND created_at >= @day");

    private const string SumsOfMonth = """
        SELECT COUNT(*), CAST(COALESCE(SUM(tokens), 0) AS bigint), CAST(COALESCE(SUM(cost_nano), 0) AS bigint),
          CAST(COALESCE(SUM(audio_ms), 0) AS bigint)
        FROM job_usage WHERE month = @month AND owner = @owner
        """;

    private static readonly SqlStatement Month = new(SumsOfMonth);

    private static readonly SqlStatement FileBytes =
        new("SELECT CAST(COALESCE(SUM(COALESCE(length, received)), 0) AS bigint) FROM files WHERE owner = @owner");

    private static readonly SqlStatement ResultBytes =
        new("SELECT CAST(COALESCE(SUM(bytes), 0) AS bigint) FROM results WHERE owner = @owner");

    private static readonly SqlStatement Old = new("""
        DELETE FROM job_usage WHERE (month, owner, created_at, job) IN
          (SELECT month, owner, created_at, job FROM job_usage WHERE month < @month LIMIT @limit)
        """);

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
        Count(session, Today, UsageMonth.Of(now), owner, Moment.ToStored(UsageMonth.Today(now)));

    /// <summary>The statement of <see cref="Beside"/>.</summary>
    public static SqlStatement BesideIn(SqlDialect dialect) =>
        new($"{SumsOfMonth} AND job NOT IN (SELECT ord FROM jobs WHERE {dialect.IsAmong("id", "@jobs")})");

    /// <summary>What the owner's jobs of a month have used, but for some of them.</summary>
    public static OwnerUsage Beside(
        SqlSession session, SqlStatement beside, string owner, DateTimeOffset month, IReadOnlyCollection<JobId> but) => OfMonth(
        session, beside, UsageMonth.Of(month), owner, $"[{string.Join(',', but.Select(id => $"\"{id}\""))}]");

    /// <summary>How many bytes of files and results an owner has.</summary>
    public static long BytesOf(SqlSession session, string owner) => Count(session, FileBytes, owner) + Count(session, ResultBytes, owner);

    /// <summary>Forgets a slice of what is of no month that is still counted; false where there is none.</summary>
    public static bool ForgetOld(SqlSession session, DateTimeOffset now) => session.Execute(Old, UsageMonth.Of(now) - 1, Slice) > 0;

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
