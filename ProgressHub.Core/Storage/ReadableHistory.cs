using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>What the events of a job still tell of its state.</summary>
/// <param name="State">The state that those which can be read give.</param>
/// <param name="LastSeq">The number of the last event there is, readable or not; 0 for none.</param>
/// <param name="IsWhole">Whether the job's last event is there and each before it can be read.</param>
internal sealed record ReadableHistory(JobSnapshot State, long LastSeq, bool IsWhole)
{
    private const int PageSize = 512;

    private static readonly SqlStatement Read = new("""
        SELECT seq, type, item, body, body_sum FROM events WHERE job = @job AND seq > @after ORDER BY seq LIMIT @limit
        """);

    /// <summary>Folds a job's events, a page at a time: there may be hundreds of thousands.</summary>
    public static ReadableHistory Of(SqlSession session, DamagedJob damaged)
    {
        var job = damaged.Job;
        var history = new ReadableHistory(
            JobSnapshot.Empty(job.Id, job.CreatedAt) with { Kind = job.Kind, Title = job.Title, Tags = job.Tags, RetryOf = job.RetryOf }, 0, true);
        while (session.Query(Read, reader => (reader.GetInt64(0), Decode(job.Id, reader)), damaged.Ord, history.LastSeq, PageSize) is { Count: > 0 } page)
        {
            foreach (var (seq, next) in page)
            {
                history = next is null
                    ? history with { LastSeq = seq, IsWhole = false }
                    : history with { State = history.State.Apply(next), LastSeq = seq };
            }
        }

        // The sum covers the row's own number too: whichever of the two is wrong, an event that is missing shows.
        return history with { IsWhole = history is { IsWhole: true, LastSeq: > 0 } && history.LastSeq >= damaged.LastSeq };
    }

    private static JobEvent? Decode(JobId id, System.Data.Common.DbDataReader reader)
    {
        try
        {
            return EventRow.ReadFrame(id, reader).Decode();
        }
        catch (Exception damage) when (damage is StorageDamagedException or JsonException or InvalidCastException or NotSupportedException)
        {
            return null;
        }
    }
}
