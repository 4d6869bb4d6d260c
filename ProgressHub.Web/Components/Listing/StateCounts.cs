using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Workloads.External;

namespace ProgressHub.Web.Components.Listing;

/// <summary>Counts an owner's jobs by state: at once when asked, and once in a while however often something happens.</summary>
internal sealed class StateCounts : IDisposable
{
    private const int PageSize = 200;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly JobService _jobs;
    private readonly TimeProvider _time;
    private readonly Func<JobQuery> _query;
    private readonly Action _changed;
    private readonly CancellationTokenSource _gone = new();

    // Kept: a list may tell of something while its page goes, and the source gives its token to nobody once it is disposed.
    private readonly CancellationToken _leaving;
    private bool _waiting;

    /// <summary>Counts what a query asks for, whatever states it names, and tells when the counts are others.</summary>
    public StateCounts(JobService jobs, TimeProvider time, Func<JobQuery> query, Action changed)
    {
        (_jobs, _time, _query, _changed) = (jobs, time, query, changed);
        _leaving = _gone.Token;
    }

    /// <summary>How many there are of each state; null before that is known.</summary>
    public IReadOnlyDictionary<JobState, long>? ByState { get; private set; }

    /// <summary>How many of the running ones have not been heard of for too long; null before that is known.</summary>
    public int? Stalled { get; private set; }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    public async Task CountAsync()
    {
        try
        {
            var asked = _query();
            var byState = await _jobs.CountAsync(asked, _leaving);
            Stalled = byState.GetValueOrDefault(JobState.Running) > 0 ? await CountStalledAsync(asked) : 0;
            ByState = byState;
            _changed();
        }
        catch (Exception failure) when (failure is StorageUnavailableException or OperationCanceledException)
        {
            // The list says that the store is down; the next event counts again.
        }
    }

    /// <summary>Something has happened. To be called on the renderer's context.</summary>
    public async void CountSoon()
    {
        if (_waiting)
            return;
        _waiting = true;
        try
        {
            await Task.Delay(Pause, _time, _leaving);
            _waiting = false;
            await CountAsync();
        }
        catch (OperationCanceledException)
        {
        }
    }

    // Only a program of somebody's own can fall silent, and as many as are followed at once are soon looked through.
    private async Task<int> CountStalledAsync(JobQuery asked)
    {
        if (asked.Kind is not (null or ExternalJobs.Kind))
            return 0;
        var count = 0;
        long? before = null;
        do
        {
            var page = await _jobs.ListAsync(
                asked with { Kind = ExternalJobs.Kind, States = [JobState.Running], Sorting = JobSorting.Newest, Before = before, Limit = PageSize }, _leaving);
            count += page.Items.Count(job => job.Stalled == true);
            before = page.Next;
        }
        while (before is not null);

        return count;
    }
}
