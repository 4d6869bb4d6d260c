using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Shared;

namespace ProgressHub.Web.Components.Listing;

/// <summary>A page of jobs that is kept up to date by the events of its owner.</summary>
internal sealed class JobListView(JobListFilter filter, int limit)
{
    private readonly List<JobSnapshot> _jobs = [];

    /// <summary>The jobs, newest first.</summary>
    public IReadOnlyList<JobSnapshot> Jobs => _jobs;

    /// <summary>Where the next page begins; null where there is none.</summary>
    public long? Next { get; private set; }

    /// <summary>What a screen reader should say: the last job that ended.</summary>
    public string? Announcement { get; private set; }

    /// <summary>Starts over with a page from the store.</summary>
    public void Reset(ListPage<JobSnapshot> page)
    {
        _jobs.Clear();
        _jobs.AddRange(page.Items.Where(filter.Matches));
        Next = page.Next;
    }

    /// <summary>Takes in an event; one that a listed job has had already changes nothing.</summary>
    /// <returns>Whether anything changed. Null where the event is of a job whose state is not at hand.</returns>
    public bool? Apply(EventFrame frame)
    {
        var place = _jobs.FindIndex(job => job.JobId == frame.JobId);
        if (place < 0)
        {
            if (filter.Before is not null || !filter.IsNewestFirst)
                return false;
            return Find(frame) is { } job ? Insert(job) : null;
        }

        var before = _jobs[place];
        if (frame.Seq <= before.Seq)
            return false;
        if (frame.SnapshotAfter is null && frame.Seq != before.Seq + 1)
            return null;
        Replace(place, frame.SnapshotAfter ?? before.Apply(frame.Decode()));
        return true;
    }

    /// <summary>Takes in a job's state as it was read from the store.</summary>
    public void Apply(JobSnapshot job)
    {
        var place = _jobs.FindIndex(listed => listed.JobId == job.JobId);
        if (place < 0)
            Insert(job);
        else if (job.Seq > _jobs[place].Seq)
            Replace(place, job);
    }

    private static JobSnapshot? Find(EventFrame frame) => frame switch
    {
        { SnapshotAfter: { } after } => after,
        { Seq: 1 } => frame.Decode() is { } first ? JobSnapshot.Empty(frame.JobId, first.At).Apply(first) : null,
        _ => null,
    };

    private void Replace(int place, JobSnapshot job)
    {
        if (job.IsFinal && !_jobs[place].IsFinal)
            Announcement = $"{job.Title}: {job.Standing()}";
        if (filter.Matches(job))
            _jobs[place] = job;
        else
            _jobs.RemoveAt(place);
    }

    private bool Insert(JobSnapshot job)
    {
        if (filter.Before is not null || !filter.IsNewestFirst || !filter.Matches(job))
            return false;
        var place = _jobs.FindIndex(listed => listed.CreatedAt <= job.CreatedAt);
        if (place < 0 && (Next is not null || _jobs.Count >= limit))
            return false;

        _jobs.Insert(place < 0 ? _jobs.Count : place, job);
        if (_jobs.Count > limit)
            _jobs.RemoveAt(limit);
        return true;
    }
}
