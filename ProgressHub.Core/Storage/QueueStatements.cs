using System.Data.Common;
using System.Globalization;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>
/// The queue as it will be claimed: first the jobs that may run now, oldest first, but for those that were moved; then the
/// delayed ones, as their moments come.
/// </summary>
internal static class QueueStatements
{
    private const string MayRun = "state = 'queued' AND (run_after IS NULL OR run_after <= @now)";
    private const string Delayed = "state = 'queued' AND run_after IS NOT NULL AND run_after > @now";

    private static readonly SqlStatement ListMayRun =
        new($"SELECT id, CAST(ord AS DOUBLE PRECISION) AS place FROM jobs WHERE {MayRun} AND moved_to IS NULL ORDER BY ord LIMIT @limit");

    private static readonly SqlStatement ListMoved =
        new($"SELECT id, moved_to FROM jobs WHERE {MayRun} AND moved_to IS NOT NULL ORDER BY moved_to LIMIT @limit");

    private static readonly SqlStatement ListDelayed =
        new($"SELECT id FROM jobs WHERE {Delayed} ORDER BY run_after, ord LIMIT @limit");

    private static readonly SqlStatement Next =
        new("SELECT MIN(run_after) FROM jobs WHERE state = 'queued' AND run_after IS NOT NULL AND run_after > @after");

    private static readonly SqlStatement OfKind =
        new("SELECT id FROM jobs WHERE state = 'queued' AND kind = @kind ORDER BY ord LIMIT @limit");

    private static readonly SqlStatement FindQueued =
        new("SELECT ord, run_after, moved_to, owner FROM jobs WHERE id = @id AND state = 'queued'");

    private static readonly SqlStatement CountMayRun =
        new($"SELECT COUNT(*) FROM jobs WHERE {MayRun} AND moved_to IS NULL AND ord < @place");

    private static readonly SqlStatement CountMoved =
        new($"SELECT COUNT(*) FROM jobs WHERE {MayRun} AND moved_to IS NOT NULL AND moved_to < @place");

    private static readonly SqlStatement FirstOfOwner =
        new("SELECT MIN(COALESCE(moved_to, ord)) FROM jobs WHERE owner = @owner AND state = 'queued'");

    private static readonly SqlStatement Move = new("UPDATE jobs SET moved_to = @place WHERE id = @id AND state = 'queued'");

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
        List<(JobId Id, double Place)> ready =
        [
            .. session.Query(ListMoved, ReadPlace, at, Math.Max(limit, 0)),
            .. session.Query(ListMayRun, ReadPlace, at, Math.Max(limit, 0)),
        ];
        List<JobId> ids = [.. ready.OrderBy(row => row.Place).Take(limit).Select(row => row.Id)];
        if (ids.Count < limit)
            ids.AddRange(session.Query(ListDelayed, reader => JobRow.ReadId(reader, 0), at, limit - ids.Count));
        return ids;
    }

    public static int? Position(SqlSession session, JobId id, DateTimeOffset now)
    {
        if (FindPlace(session, id) is not { } found)
            return null;

        var at = Moment.ToStored(now);
        if (found.RunAfter is not { } runAfter || runAfter <= now)
            return CountBefore(session, at, found.MovedTo ?? found.Ord);
        return CountBefore(session, at, long.MaxValue) + Count(session, CountDelayed, at, Moment.ToStored(runAfter), found.Ord);
    }

    /// <summary>Moves a job before all others of its owner, and so before nobody else's that was before those.</summary>
    /// <returns>False where it is not queued.</returns>
    public static bool MoveToFront(SqlSession session, JobId id)
    {
        if (FindPlace(session, id) is not { } found)
            return false;
        var first = Convert.ToDouble(session.Scalar(FirstOfOwner, found.Owner), CultureInfo.InvariantCulture);

        // Between the first of the owner's and whatever whole number stands before it.
        return first >= (found.MovedTo ?? found.Ord)
            || session.Execute(Move, (first + Math.Ceiling(first) - 1) / 2, id.ToString()) > 0;
    }

    /// <summary>Queued jobs of a kind, whether they may run now or not.</summary>
    public static IReadOnlyList<JobId> ListOfKind(SqlSession session, string kind, int limit) =>
        session.Query(OfKind, reader => JobRow.ReadId(reader, 0), kind, Math.Max(limit, 0));

    /// <summary>The earliest moment after another from which a delayed job may run.</summary>
    public static DateTimeOffset? NextRunAfter(SqlSession session, DateTimeOffset after) =>
        session.Scalar(Next, Moment.ToStored(after)) is long next ? Moment.FromStored(next) : null;

    private static (long Ord, DateTimeOffset? RunAfter, double? MovedTo, string Owner)? FindPlace(SqlSession session, JobId id) =>
        session.First<(long, DateTimeOffset?, double?, string)?>(
            FindQueued,
            reader => (reader.GetInt64(0), Moment.ReadOptional(reader, 1), reader.IsDBNull(2) ? null : reader.GetDouble(2), reader.GetString(3)),
            id.ToString());

    private static (JobId Id, double Place) ReadPlace(DbDataReader reader) => (JobRow.ReadId(reader, 0), reader.GetDouble(1));

    private static int CountBefore(SqlSession session, object? now, double place) =>
        Count(session, CountMayRun, now, place) + Count(session, CountMoved, now, place);

    private static int Count(SqlSession session, SqlStatement statement, params ReadOnlySpan<object?> values) =>
        Convert.ToInt32(session.Scalar(statement, values), CultureInfo.InvariantCulture);
}
