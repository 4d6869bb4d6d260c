namespace ProgressHub.Core.Storage.Postgres;

/// <summary>
/// Appends of several jobs in one round trip: a statement for each, which changes the job's row and adds its events, or
/// does neither where the fence stands in the way.
/// </summary>
internal static class PostgresAppends
{
    private static readonly SqlStatement Append = new($"""
        WITH j AS ({PreparedAppend.TransitionText})
        INSERT INTO events (job, seq, type, item, body, body_sum)
        SELECT j.ord, e.seq, e.type, e.item, e.body, e.body_sum
        FROM j, unnest(@seqs, @types, @items, @bodies, @sums) AS e (seq, type, item, body, body_sum)
        """);

    /// <summary>Writes them within the session's transaction, and notes in each whether it is written.</summary>
    public static void Write(SqlSession session, IReadOnlyList<PreparedAppend> appends)
    {
        var counts = session.ExecuteTogether(Append, [.. appends.Select(Values)]);
        for (var i = 0; i < counts.Count; i++)
            appends[i].IsWritten = counts[i] > 0;
    }

    private static object?[] Values(PreparedAppend append) =>
    [
        .. append.Transition,
        append.Rows.Select(row => row.Seq).ToArray(),
        append.Rows.Select(row => row.Type).ToArray(),
        append.Rows.Select(row => (long?)row.Item).ToArray(),
        append.Rows.Select(row => row.Body.ToArray()).ToArray(),
        append.Rows.Select(row => RowSum.Of(row.Seq, row.Body.Span)).ToArray(),
    ];
}
