using System.Text.Json;
using ProgressHub.Client.Events;
using ProgressHub.Client.Jobs;

namespace ProgressHub.Client.Watching;

/// <summary>
/// What has been seen of a job. Every transport hands what it receives to this one place, which lets each event through
/// once and in order, however often and over whatever it arrives.
/// </summary>
internal sealed class WatchLedger(string jobId, long? after)
{
    private JobSnapshot? _snapshot;

    /// <summary>The number of the last event that was let through.</summary>
    public long? Cursor { get; private set; } = after;

    public bool IsFinished { get; private set; }

    /// <summary>Rises with whatever was not known before.</summary>
    public long News { get; private set; }

    /// <returns>What is new to the watcher; null where nothing is.</returns>
    public JobUpdate? Take(WatchMessage message) => message switch
    {
        { Snapshot: { } snapshot } => Take(snapshot, message.IsPresent),
        { Event: { } json } => Take(EventReading.Read(json)),
        _ => null,
    };

    private JobUpdate? Take(JobSnapshot snapshot, bool isPresent)
    {
        if (IsFinished || snapshot.JobId != jobId)
            return null;
        if (!isPresent && snapshot.Seq > Cursor)
        {
            throw new ProgressHubException(
                "gap", string.Create(null, $"The stream begins at {snapshot.Seq}, but only {Cursor} was seen."));
        }

        if (Cursor is null)
        {
            // The last event of a job that has ended is still to come.
            Cursor = snapshot.IsFinal ? snapshot.Seq - 1 : snapshot.Seq;
            News++;
        }

        var isFirst = _snapshot is null;
        if (_snapshot is null || snapshot.Seq >= _snapshot.Seq)
            _snapshot = snapshot;
        IsFinished = snapshot.IsFinal && snapshot.Seq <= Cursor;
        return isFirst ? new JobUpdate(_snapshot, null) : null;
    }

    private JobUpdate? Take(JobEvent next)
    {
        if (IsFinished || next.JobId != jobId || next.Seq <= (Cursor ?? 0))
            return null;
        Cursor = next.Seq;
        News++;
        _snapshot = JobFold.Apply(_snapshot ?? new JobSnapshot { JobId = jobId }, next);
        IsFinished = next is DoneEvent;
        return new JobUpdate(_snapshot, next);
    }
}

/// <summary>What a transport has received.</summary>
/// <param name="Snapshot">A state: the one a stream begins with, or the present one.</param>
/// <param name="Event">An event as it came.</param>
/// <param name="IsPresent">Whether the snapshot may be ahead of the events seen so far, which still follow.</param>
/// <param name="ReconnectIn">What the server asked for, before it ended the stream.</param>
internal readonly record struct WatchMessage(
    JobSnapshot? Snapshot = null, JsonElement? Event = null, bool IsPresent = false, TimeSpan? ReconnectIn = null);
