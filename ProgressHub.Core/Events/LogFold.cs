using System.Diagnostics.CodeAnalysis;

namespace ProgressHub.Core.Events;

/// <summary>
/// Folds a job's log to its state at any cursor. After a restart all of a job's watchers come back at once, each with a
/// cursor of its own and nothing in the ring: one folds at a time, and the others go on from what it has folded.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore is only ever awaited; it holds no handle.")]
internal sealed class LogFold(JobSnapshot any)
{
    private const int PageSize = 512;
    private const int MaxKept = 64;

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly SortedList<long, JobSnapshot> _kept = [];

    // What a job is never changes; only the first event says it.
    private readonly JobSnapshot _nothing = JobSnapshot.Empty(any.JobId, any.CreatedAt) with
    {
        Kind = any.Kind, Title = any.Title, Tags = any.Tags, RetryOf = any.RetryOf,
    };

    public async Task<JobSnapshot> ToAsync(long cursor, EventFeed feed, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var state = Nearest(cursor);
            while (state.Seq < cursor)
            {
                var limit = (int)Math.Min(PageSize, cursor - state.Seq);
                var before = state.Seq;
                foreach (var frame in await feed.ReadLogAsync(before, limit, cancellationToken))
                {
                    if (frame.Seq <= cursor)
                        state = state.Apply(frame.Decode());
                }

                // Where events were lost with a damaged disk, no event has the cursor's number.
                if (state.Seq == before)
                    return state;
                Keep(state);
            }

            return state;
        }
        finally
        {
            _one.Release();
        }
    }

    private JobSnapshot Nearest(long cursor)
    {
        for (var i = _kept.Count - 1; i >= 0; i--)
        {
            if (_kept.GetKeyAtIndex(i) <= cursor)
                return _kept.GetValueAtIndex(i);
        }

        return _nothing;
    }

    private void Keep(JobSnapshot state)
    {
        if (_kept.Count == MaxKept)
            _kept.Clear();
        _kept[state.Seq] = state;
    }
}
