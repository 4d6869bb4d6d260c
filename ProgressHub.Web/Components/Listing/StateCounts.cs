using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Components.Listing;

/// <summary>Counts an owner's jobs by state: at once when asked, and once in a while however often something happens.</summary>
internal sealed class StateCounts(JobService jobs, TimeProvider time, Func<JobQuery> query, Action changed) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(400);

    private readonly CancellationTokenSource _gone = new();
    private bool _waiting;

    /// <summary>How many there are of each state; null before that is known.</summary>
    public IReadOnlyDictionary<JobState, long>? ByState { get; private set; }

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    public async Task CountAsync()
    {
        try
        {
            ByState = await jobs.CountAsync(query(), _gone.Token);
            changed();
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
            await Task.Delay(Pause, time, _gone.Token);
            _waiting = false;
            await CountAsync();
        }
        catch (OperationCanceledException)
        {
        }
    }
}
