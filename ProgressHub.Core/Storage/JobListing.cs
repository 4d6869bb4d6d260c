using System.Collections.Concurrent;
using System.Data.Common;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>
/// Finds a page of an owner's jobs. An index gives each combination of owner, kind, state and tag newest first, so a
/// page costs the same however many jobs there are; several states are the union of their newest.
/// </summary>
internal sealed class JobListing(SqlDialect dialect, TimeProvider time)
{
    private const int MaxLimit = 200;
    private static readonly JobState[] AllStates = Enum.GetValues<JobState>();

    // As many statements as there are shapes: two hundred at most.
    private readonly ConcurrentDictionary<Shape, SqlStatement> _statements = [];
    private readonly ConcurrentDictionary<Shape, SqlStatement> _counts = [];
    private readonly ConcurrentDictionary<(JobSorting Sorting, Shape Shape), SqlStatement> _sorted = [];

    public ListPage<JobSnapshot> Read(SqlSession session, JobQuery query)
    {
        var limit = Math.Clamp(query.Limit, 1, MaxLimit);
        var text = HasText(query) ? TitleFolding.Fold(query.Text!) : null;

        if (query.Sorting != JobSorting.Newest)
            return ReadSorted(session, query, limit, text);

        // One row more than asked for tells whether there is another page.
        var rows = session.Query(
            Statement(query), ReadRow,
            [
                query.Owner, query.Kind, text, query.Tag, query.Before ?? long.MaxValue, limit + 1,
                .. States(query).Select(state => state.Name()),
            ]);
        return new ListPage<JobSnapshot>(
            [.. rows.Take(limit).Select(row => row.Snapshot)], rows.Count > limit ? rows[limit - 1].Ord : null);
    }

    // Sorted in another way than by an index, all of an owner's jobs are looked at, without their snapshots.
    private ListPage<JobSnapshot> ReadSorted(SqlSession session, JobQuery query, int limit, string? text)
    {
        var states = query.States.Distinct().ToArray();
        var after = query.Before ?? 0;
        var rows = session.Query(
            _sorted.GetOrAdd((query.Sorting, new Shape(query.Kind is not null, text is not null, query.Tag is not null, states.Length)), BuildSorted),
            ReadRow,
            [query.Owner, query.Kind, text, query.Tag, Moment.ToStored(time.GetUtcNow()), limit + 1, after, .. states.Select(state => state.Name())]);
        return new ListPage<JobSnapshot>(
            [.. rows.Take(limit).Select(row => row.Snapshot)],
            rows.Count <= limit ? null : query.Sorting == JobSorting.Oldest ? rows[limit - 1].Ord : after + limit);
    }

    /// <summary>How many jobs there are in each state; which states the query asks for does not matter.</summary>
    public IReadOnlyDictionary<JobState, long> Count(SqlSession session, JobQuery query)
    {
        var shape = new Shape(query.Kind is not null, HasText(query), query.Tag is not null, 0);
        var rows = session.Query(
            _counts.GetOrAdd(shape, BuildCount), static reader => (reader.GetString(0), reader.GetInt64(1)),
            query.Owner, query.Kind, HasText(query) ? TitleFolding.Fold(query.Text!) : null, query.Tag);
        return rows.Where(row => JobStates.Parse(row.Item1) is not null)
            .ToDictionary(row => JobStates.Parse(row.Item1)!.Value, row => row.Item2);
    }

    /// <summary>The statement that answers a query of this shape.</summary>
    public SqlStatement Statement(JobQuery query) => _statements.GetOrAdd(
        new Shape(query.Kind is not null, HasText(query), query.Tag is not null, States(query).Length), Build);

    private static (long Ord, JobSnapshot Snapshot) ReadRow(DbDataReader reader) =>
        (reader.GetInt64(0), EventJson.DeserializeSnapshot(reader.GetFieldValue<byte[]>(1)));

    private static bool HasText(JobQuery query) => !string.IsNullOrEmpty(query.Text);

    private static JobState[] States(JobQuery query) => query switch
    {
        { States.Count: > 0 } => [.. query.States.Distinct()],
        { Kind: not null, Tag: null } => AllStates,
        _ => [],
    };

    private SqlStatement Build(Shape shape)
    {
        string[] states = [.. Enumerable.Range(0, shape.States).Select(i => $"@s{i}")];
        var source = shape switch
        {
            { Tag: true } => OfTag(shape, states),
            { States: 0 } => Newest(shape, ""),
            _ => string.Join("\nUNION ALL ", states.Select((state, i) =>
                $"SELECT ord FROM ({Newest(shape, $" AND j.state = {state}")}) AS s{i}")),
        };
        return new SqlStatement(
            $"SELECT ord, snapshot FROM jobs WHERE ord IN (\n{source}\n) ORDER BY ord DESC LIMIT @take",
            ["@owner", "@kind", "@text", "@tag", "@before", "@take", .. states]);
    }

    private SqlStatement BuildSorted((JobSorting Sorting, Shape Shape) wanted)
    {
        var shape = wanted.Shape;
        var order = wanted.Sorting switch
        {
            JobSorting.Title => "j.title_folded, j.ord DESC",
            JobSorting.Longest => "CASE WHEN j.started_at IS NULL THEN -1 ELSE COALESCE(j.finished_at, @now) - j.started_at END DESC, j.ord DESC",
            _ => "",
        };
        string[] states = [.. Enumerable.Range(0, shape.States).Select(i => $"@s{i}")];
        var from = (shape.Tag ? "JOIN job_tags t ON t.job = j.ord AND t.owner = @owner AND t.tag = @tag " : "") +
            $"WHERE j.owner = @owner{Kind(shape)}{Text(shape)}" + (states.Length > 0 ? $" AND j.state IN ({string.Join(", ", states)})" : "");
        return new SqlStatement(
            order.Length == 0
                ? $"SELECT ord, snapshot FROM jobs WHERE ord IN (SELECT j.ord FROM jobs j {from} AND j.ord > @after ORDER BY j.ord LIMIT @take) ORDER BY ord"
                : $"SELECT s.ord, s.snapshot FROM (SELECT j.ord AS place, ROW_NUMBER() OVER (ORDER BY {order}) AS number FROM jobs j {from}" +
                  " ORDER BY number LIMIT @take OFFSET @after) AS listed JOIN jobs s ON s.ord = listed.place ORDER BY listed.number",
            ["@owner", "@kind", "@text", "@tag", "@now", "@take", "@after", .. states]);
    }

    // What is counted for an owner anyway need not be counted again; a tag or a text is looked for among the jobs.
    private SqlStatement BuildCount(Shape shape) => new(
        shape is { Tag: false, Text: false }
            ? $"SELECT j.state, CAST(SUM(j.n) AS bigint) FROM owner_job_counts j WHERE j.owner = @owner{Kind(shape)} GROUP BY j.state HAVING SUM(j.n) > 0"
            : "SELECT j.state, COUNT(*) FROM jobs j " +
              (shape.Tag ? "JOIN job_tags t ON t.job = j.ord AND t.owner = @owner AND t.tag = @tag " : "") +
              $"WHERE j.owner = @owner{Kind(shape)}{Text(shape)} GROUP BY j.state",
        ["@owner", "@kind", "@text", "@tag"]);

    private string Newest(Shape shape, string state) =>
        $"SELECT j.ord FROM jobs j WHERE j.owner = @owner{Kind(shape)}{state} AND j.ord < @before{Text(shape)} " +
        "ORDER BY j.ord DESC LIMIT @take";

    private string OfTag(Shape shape, string[] states) =>
        "SELECT t.job FROM job_tags t JOIN jobs j ON j.ord = t.job WHERE t.owner = @owner AND t.tag = @tag " +
        $"AND t.job < @before{Kind(shape)}{Text(shape)}" +
        (states.Length > 0 ? $" AND j.state IN ({string.Join(", ", states)})" : "") +
        " ORDER BY t.job DESC LIMIT @take";

    private static string Kind(Shape shape) => shape.Kind ? " AND j.kind = @kind" : "";

    private string Text(Shape shape) => shape.Text ? $" AND {dialect.Contains("j.title_folded", "@text")}" : "";

    private readonly record struct Shape(bool Kind, bool Text, bool Tag, int States);
}
