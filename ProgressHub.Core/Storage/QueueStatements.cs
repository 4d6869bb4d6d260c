using System.Globalization;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>
/// The queue as it will be claimed: first the jobs that may run now, oldest first; then the delayed ones, as their
/// moments come.
/// </summary>
internal static class QueueStatements
{
    private const string MayRun = "state = 'queued' AND (run_after IS NULL OR run_after <= @now)";
    private const string Delayed = "state = 'queued' AND run_after IS NOT NULL AND run_after > @now";

    private static readonly SqlStatement ListMayRun =
        new($"SELECT id FROM jobs WHERE {MayRun} ORDER BY ord LIMIT @limit");

    private static readonly SqlStatement ListDelayed =
        new($"SELECT id FROM jobs WHERE {Delayed} ORDER BY run_after, ord LIMIT @limit");

    private static readonly SqlStatement Next =
        new("SELECT MIN(run_after) FROM jobs WHERE state = 'queued' AND run_after IS NOT NULL AND run_after > @after");

    private static readonly SqlStatement OfKind =
        new("SELECT id FROM jobs WHERE state = 'queued' AND kind = @kind ORDER BY ord LIMIT @limit");

    private static readonly SqlStatement FindQueued =
        new("SELECT ord, run_after FROM jobs WHERE id = @id AND state = 'queued'");

    private static readonly SqlStatement CountMayRun = new($"SELECT COUNT(*) FROM jobs WHERE {MayRun} AND ord < @ord");

    private static readonly SqlStatement CountDelayed = new($"""
        SELECT COUNT(*) FROM jobs
        WHERE {Delayed} AND (run_after < @run_after OR (run_after = @run_after AND ord < @ord))
        """);

    private static readonly SqlStatement CountOfOwner =
        new("SELECT COUNT(*) FROM jobs WHERE owner = @owner AND state = 'queued'");

    public static int CountOf(SqlSession session, string owner) => Count(session, CountOfOwner, owner);

    public static IReadOnlyList<JobId> List(SqlSession session, int limit, DateTimeOffset now)
    {
        var at = Moment.ToStored(now);
        var ids = session.Query(ListMayRun, reader => JobRow.ReadId(reader, 0), at, Math.Max(limit, 0));
        if (ids.Count < limit)
            ids.AddRange(session.Query(ListDelayed, reader => JobRow.ReadId(reader, 0), at, limit - ids.Count));
        return ids;
    }

    public static int? Position(SqlSession session, JobId id, DateTimeOffset now)
    {
        var found = session.First<(long Ord, DateTimeOffset? RunAfter)?>(
            FindQueued, reader => (reader.GetInt64(0), Moment.ReadOptional(reader, 1)), id.ToString());
        if (found is not { } place)
            return null;

        var at = Moment.ToStored(now);
        if (place.RunAfter is not { } runAfter || runAfter <= now)
            return Count(session, CountMayRun, at, place.Ord);
        return Count(session, CountMayRun, at, long.MaxValue) +
            Count(session, CountDelayed, at, Moment.ToStored(runAfter), place.Ord);
    }

    /// <summary>Queued jobs of a kind, whether they may run now or not.</summary>
    public static IReadOnlyList<JobId> ListOfKind(SqlSession session, string kind, int limit) =>
        session.Query(OfKind, reader => JobRow.ReadId(reader, 0), kind, Math.Max(limit, 0));

    /// <summary>The earliest moment after another from which a delayed job may run.</summary>
    public static DateTimeOffset? NextRunAfter(SqlSession session, DateTimeOffset after) =>
        session.Scalar(Next, Moment.ToStored(after)) is long next ? Moment.FromStored(next) : null;

    private static int Count(SqlSession session, SqlStatement statement, params ReadOnlySpan<object?> values) =>
        Convert.ToInt32(session.Scalar(statement, values), CultureInfo.InvariantCulture);
}
