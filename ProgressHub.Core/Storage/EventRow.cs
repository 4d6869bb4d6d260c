using System.Data.Common;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>An event as columns. Its body is the slice of its frame; only binding it makes an array, as the driver wants one.</summary>
internal readonly record struct EventRow(long Seq, string Type, int? Item, ReadOnlyMemory<byte> Body)
{
    private static readonly SqlStatement InsertStatement =
        new("INSERT INTO events (job, seq, type, item, body, body_sum) VALUES (@job, @seq, @type, @item, @body, @sum)");

    public static EventRow From(EventFrame frame) => new(frame.Seq, frame.Type, frame.Item, frame.Json);

    /// <summary>Reads the columns <c>seq, type, item, body, body_sum</c>.</summary>
    /// <exception cref="StorageDamagedException">It is not what was written.</exception>
    public static EventFrame ReadFrame(JobId id, DbDataReader reader) => EventFrame.FromStored(
        id, reader.GetInt64(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetInt32(2),
        RowSum.ReadBody(reader, body: 3, sum: 4, reader.GetInt64(0)));

    /// <summary>Refuses what could never be a piece of one job's log: a caller's mistake, not an outcome.</summary>
    public static void Require(JobId id, IReadOnlyList<EventFrame> frames)
    {
        if (frames.Count == 0)
            throw new ArgumentException($"Job {id}: there is nothing to append.");
        for (var i = 0; i < frames.Count; i++)
        {
            if (frames[i].JobId != id)
                throw new ArgumentException($"Job {id}: event {frames[i].Seq} belongs to job {frames[i].JobId}.");
            if (frames[i].Seq != frames[0].Seq + i)
                throw new ArgumentException($"Job {id}: event {frames[i].Seq} follows {frames[i - 1].Seq}.");
        }
    }

    public void Insert(SqlSession session, long job) => session.Execute(InsertStatement, job, Seq, Type, Item, Body.ToArray(), RowSum.Of(Seq, Body.Span));
}
