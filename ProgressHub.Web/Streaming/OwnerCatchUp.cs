using System.Runtime.CompilerServices;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Streaming;

/// <summary>
/// Joins states read from the store with the events that come meanwhile: an event that a state already holds is dropped.
/// </summary>
internal sealed class OwnerCatchUp(string owner, JobService jobs)
{
    private const int PageSize = 200;

    private static readonly JobState[] Unfinished =
        [JobState.Queued, JobState.Running, JobState.WaitingForInput, JobState.Canceling];

    private readonly Dictionary<JobId, long> _seen = [];

    /// <summary>The present state of each of the owner's jobs that has not ended; subscribe before reading them.</summary>
    public async IAsyncEnumerable<JobSnapshot> SnapshotsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        _seen.Clear();
        for (long? before = null; ;)
        {
            var page = await jobs.ListAsync(
                new JobQuery { Owner = owner, States = Unfinished, Before = before, Limit = PageSize }, cancellationToken);
            foreach (var snapshot in page.Items)
            {
                _seen[snapshot.JobId] = snapshot.Seq;
                yield return snapshot;
            }

            if ((before = page.Next) is null)
                yield break;
        }
    }

    /// <summary>Whether the states read so far do not hold this event.</summary>
    public bool IsNew(EventFrame frame)
    {
        if (!_seen.TryGetValue(frame.JobId, out var seen))
            return true;
        if (frame.Seq <= seen)
            return false;

        // From here on the feed is ahead of the state; nothing is left to compare.
        _seen.Remove(frame.JobId);
        return true;
    }
}
