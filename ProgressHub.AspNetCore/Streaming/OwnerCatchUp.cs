using System.Runtime.CompilerServices;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>
/// What a watcher of all of an owner's jobs missed, read from the store: each job that ended meanwhile with its
/// <c>done</c>, then the states of those that have not ended. Joined with the events that come while it is read: an event
/// that a state already holds is dropped.
/// </summary>
internal sealed class OwnerCatchUp(string owner, JobService jobs, EndingsSeen? cursor)
{
    private const int PageSize = 200;

    private static readonly JobState[] Unfinished =
        [JobState.Queued, JobState.Running, JobState.WaitingForInput, JobState.Canceling];

    private readonly Dictionary<JobId, long> _seen = [];
    private EndingsSeen? _endings = cursor;

    /// <summary>Whose jobs.</summary>
    public string Owner => owner;

    /// <summary>Which ends the watcher has been shown, as of the last item; of use only once there was a first.</summary>
    public EndingsSeen Endings => _endings ?? new EndingsSeen(0);

    /// <summary>What was missed; subscribe before reading it.</summary>
    public async IAsyncEnumerable<Missed> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _seen.Clear();
        var last = (await jobs.ListEndedAsync(owner, long.MaxValue, 1, cancellationToken)).Last;

        // Of somebody who comes for the first time, or with a cursor of another store, nothing has been missed.
        var endings = _endings = _endings is { } known && known.AllUpTo <= last ? known : new EndingsSeen(last);
        await foreach (var ended in EndedAsync(endings.AllUpTo, last, cancellationToken))
        {
            var isNews = !endings.Has(ended.Ending);
            if (isNews)
                yield return new Missed(ended.Snapshot, null);
            endings.PassTo(ended.Ending);
            if (isNews)
                yield return new Missed(null, ended.Done);
        }

        endings.PassTo(last);
        await foreach (var snapshot in UnfinishedAsync(cancellationToken))
        {
            _seen[snapshot.JobId] = snapshot.Seq;
            yield return new Missed(snapshot, null);
        }

        // What ended between the two: of those listed as unfinished the events come by themselves.
        await foreach (var ended in EndedAsync(last, long.MaxValue, cancellationToken))
        {
            if (!_seen.TryAdd(ended.Snapshot.JobId, ended.Snapshot.Seq))
                continue;
            yield return new Missed(ended.Snapshot, null);
            endings.Add(ended.Ending);
            yield return new Missed(null, ended.Done);
        }
    }

    /// <summary>Takes note of an event that comes by itself; false where what was read holds it already.</summary>
    public bool IsNew(EventFrame frame)
    {
        if (frame.Ending is { } ending)
            _endings?.Add(ending);
        if (!_seen.TryGetValue(frame.JobId, out var seen))
            return true;
        if (frame.Seq <= seen)
            return false;

        // From here on the feed is ahead of the state; nothing is left to compare.
        _seen.Remove(frame.JobId);
        return true;
    }

    private async IAsyncEnumerable<EndedJob> EndedAsync(
        long after, long last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (after < last)
        {
            var page = await jobs.ListEndedAsync(owner, after, PageSize, cancellationToken);
            foreach (var ended in page.Jobs.TakeWhile(job => job.Ending <= last))
                yield return ended;
            if (page.Jobs.Count < PageSize)
                yield break;
            after = page.Jobs[^1].Ending;
        }
    }

    private async IAsyncEnumerable<JobSnapshot> UnfinishedAsync(
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long? before = null; ;)
        {
            var page = await jobs.ListAsync(
                new JobQuery { Owner = owner, States = Unfinished, Before = before, Limit = PageSize }, cancellationToken);
            foreach (var snapshot in page.Items)
                yield return snapshot;
            if ((before = page.Next) is null)
                yield break;
        }
    }
}

/// <summary>An item of what a watcher missed: one of the two.</summary>
/// <param name="Snapshot">The state of a job.</param>
/// <param name="Done">The last event of the job whose state came before.</param>
internal readonly record struct Missed(JobSnapshot? Snapshot, EventFrame? Done);
