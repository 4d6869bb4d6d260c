using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Live;

namespace ProgressHub.Web.Components.Watching;

/// <summary>
/// Shows one job, live. What came before is read from the store up to the snapshot, and everything after it comes from the
/// feed, so that opening it in mid-job shows what was open all along shows.
/// </summary>
public abstract partial class JobFollower : LiveComponent
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    private JobHistory? _history;

    /// <summary>What is shown of the job; null before it is read, and where there is none.</summary>
    internal JobView? View { get; private set; }

    /// <summary>What who looks may do with the job.</summary>
    private protected JobRight Right { get; private set; } = JobRight.Own;

    /// <summary>Whether that is up to date.</summary>
    protected FeedConnection Connection { get; private set; }

    /// <summary>What can be asked of jobs.</summary>
    [Inject]
    protected JobService Jobs { get; private set; } = null!;

    /// <summary>Who looks.</summary>
    [Inject]
    protected ICaller Caller { get; private set; } = null!;

    [Inject]
    private ILogger<JobFollower> Logger { get; set; } = null!;

    /// <summary>Begins to follow a job, and lets go of the one before.</summary>
    protected void FollowJob(JobId id)
    {
        View = null;
        Follow(token => FollowAsync(id, token));
    }

    /// <summary>Lets go of the job.</summary>
    protected void ShowNone() => View = null;

    /// <summary>There is no such job.</summary>
    /// <param name="why">Whether there was one.</param>
    protected abstract void OnAbsent(JobAbsence why);

    /// <summary>Puts earlier log lines in front of those shown.</summary>
    protected Task ShowEarlierLogAsync() =>
        View is { } view && _history is { } history ? history.ShowEarlierLogAsync(view, Gone) : Task.CompletedTask;

    /// <summary>Puts earlier pieces in front of those shown.</summary>
    protected Task ShowEarlierPartialsAsync() =>
        View is { } view && _history is { } history ? history.ShowEarlierPartialsAsync(view, Gone) : Task.CompletedTask;

    private async Task FollowAsync(JobId id, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await WatchToTheEndAsync(id, cancellationToken);
                return;
            }
            catch (EventsGoneException)
            {
                // Of somebody else's it is not told whether it is gone or no longer shared.
                SayAbsent(Right == JobRight.Own ? JobAbsence.Deleted : JobAbsence.Unknown);
                return;
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                LogInterrupted(Logger, failure, id);
                Connection = FeedConnection.Interrupted;
                Changed();
            }

            await Task.Delay(RetryDelay, Time, cancellationToken);
        }
    }

    private async Task WatchToTheEndAsync(JobId id, CancellationToken cancellationToken)
    {
        if (View is null && await Jobs.FindAsync(id, Caller.Owner, cancellationToken) is { IsFinal: true } ended)
        {
            await OpenAsync(id, ended, FeedConnection.Ended, cancellationToken);
            return;
        }

        using var watch = await Jobs.WatchAsync(
            id, Caller.Owner, View?.Snapshot.Seq, inline: false, cancellationToken);
        if (watch is null)
        {
            SayAbsent(await Jobs.WasPurgedAsync(id, Caller.Owner, cancellationToken) ? JobAbsence.Purged : JobAbsence.Unknown);
            return;
        }

        if (View is null)
            await OpenAsync(id, watch.Snapshot, FeedConnection.Live, cancellationToken);
        Connection = FeedConnection.Live;
        Changed();
        await foreach (var next in watch.EventsAsync(cancellationToken))
        {
            View!.Apply(next);
            Changed();
        }

        Connection = FeedConnection.Ended;
        Changed();
    }

    private async Task OpenAsync(
        JobId id, JobSnapshot snapshot, FeedConnection connection, CancellationToken cancellationToken)
    {
        var view = new JobView(snapshot);
        Right = (await Jobs.FindWithRightAsync(id, Caller.Owner, cancellationToken))?.Right ?? JobRight.None;
        _history = new JobHistory(Jobs, id, Caller.Owner);
        await _history.FillAsync(view, cancellationToken);
        View = view;
        Connection = connection;
        Changed();
    }

    private void SayAbsent(JobAbsence why)
    {
        View = null;
        OnAbsent(why);
        Changed();
    }

    [LoggerMessage(LogLevel.Warning, "Following job {JobId} on a page was interrupted; it goes on in a moment.")]
    private static partial void LogInterrupted(ILogger logger, Exception failure, JobId jobId);
}

/// <summary>Why there is nothing to show of a job.</summary>
public enum JobAbsence
{
    /// <summary>There is none, or it is somebody else's.</summary>
    Unknown,

    /// <summary>It was deleted, or its time was over.</summary>
    Purged,

    /// <summary>It was deleted while it was shown.</summary>
    Deleted,
}
