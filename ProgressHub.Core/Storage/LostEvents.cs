using System.Globalization;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>
/// After a loss that was accepted: which events of the jobs under way were shown and are gone, nobody knows. So that no
/// number is ever given to two events, each such job leaves out more numbers than it can have given, and says so in its log.
/// </summary>
internal sealed class LostEvents(long jump, DateTimeOffset now)
{
    private static readonly SqlStatement Live = new($"""
        SELECT ord, snapshot, snapshot_sum, last_seq FROM jobs WHERE state = 'queued'
        UNION ALL SELECT ord, snapshot, snapshot_sum, last_seq FROM jobs WHERE {JobStatements.UnderWay}
        """);

    private static readonly SqlStatement Advance = new("UPDATE jobs SET last_seq = @seq, snapshot = @snapshot, snapshot_sum = @sum WHERE ord = @ord");

    /// <summary>Marks the gap in every job that has not ended.</summary>
    /// <returns>How many there are.</returns>
    public int Mark(SqlSession session)
    {
        var live = session.Query(
            Live, reader => (Ord: reader.GetInt64(0), Snapshot: EventJson.DeserializeSnapshot(RowSum.ReadBody(reader, body: 1, sum: 2, reader.GetInt64(3)))));
        foreach (var (ord, before) in live)
        {
            var gap = new LogEvent(JobLogLevel.Warning, string.Create(
                CultureInfo.InvariantCulture,
                $"The server's storage was damaged. What this job told after event {before.Seq} is lost; its events go on with number {before.Seq + jump + 1}."))
            {
                JobId = before.JobId, Seq = before.Seq + jump + 1, At = now, Attempt = before.Attempt, ElapsedMs = before.ElapsedMs,
            };
            var after = SnapshotFold.Apply(before, gap);
            EventRow.From(EventFrame.Encode(gap, after)).Insert(session, ord);
            var body = EventJson.Serialize(after);
            session.Execute(Advance, after.Seq, body, RowSum.Of(after.Seq, body), ord);
        }

        return live.Count;
    }
}
