using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Watching;

namespace ProgressHub.Web.Components.Replay;

/// <summary>
/// Shows a job as it was after any of its events: a state is a fold over the events, so it is folded up to there. The states
/// after each page of events are kept, so that going anywhere reads one page once the way there was gone.
/// </summary>
internal sealed class JobReplay(JobService jobs, JobId id, string owner)
{
    private const int PageSize = 500;

    private readonly List<JobSnapshot> _afterPage = [];

    /// <summary>The job after an event; null where it is gone.</summary>
    public async Task<ReplayMoment?> AtAsync(long seq, CancellationToken cancellationToken)
    {
        var page = (int)((seq - 1) / PageSize);
        while (_afterPage.Count < page)
        {
            if (await FoldAsync(_afterPage.Count, long.MaxValue, cancellationToken) is not { } whole)
                return null;
            _afterPage.Add(whole.Snapshot);
        }

        if (await FoldAsync(page, seq, cancellationToken) is not { } moment)
            return null;
        var view = new JobView(moment.Snapshot);
        await new JobHistory(jobs, id, owner).FillLogAsync(view, cancellationToken);
        await FillPartialsAsync(view, cancellationToken);
        return new ReplayMoment(view, moment.At);
    }

    private async Task<(JobSnapshot Snapshot, DateTimeOffset At)?> FoldAsync(int page, long upTo, CancellationToken cancellationToken)
    {
        var frames = await jobs.ReadEventsAsync(id, owner, (long)page * PageSize, PageSize, cancellationToken);
        var state = page > 0 ? _afterPage[page - 1] : null;
        DateTimeOffset at = default;
        foreach (var frame in frames ?? [])
        {
            if (frame.Seq > upTo)
                break;
            var next = frame.Decode();
            state = (state ?? JobSnapshot.Empty(id, next.At)).Apply(next);
            at = next.At;
        }

        return state is not null && at != default ? (state, at) : null;
    }

    // All versions of a piece, in order: what is shown is the last of them that was there by then.
    private async Task FillPartialsAsync(JobView view, CancellationToken cancellationToken)
    {
        for (long after = 0; ;)
        {
            var page = await jobs.ReadPartialsSinceAsync(id, owner, after, PageSize, cancellationToken) ?? [];
            foreach (var frame in page)
            {
                if (frame.Seq > view.Snapshot.Seq)
                    return;
                view.Partials.Add((PartialEvent)frame.Decode(), replaces: static _ => true);
            }

            if (page.Count < PageSize)
                return;
            after = page[^1].Seq;
        }
    }
}
