using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Watching;

namespace ProgressHub.Web.Components.Pages;

/// <summary>
/// One job, live. What came before is read from the store up to the snapshot, and everything after it comes from the
/// feed, so that opening the page in mid-job shows what an open page shows.
/// </summary>
public sealed partial class JobPage
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    private JobView? _view;
    private JobHistory? _history;
    private string? _shownId;
    private string? _absence;
    private string? _absenceHint;
    private FeedConnection _connection;

    /// <summary>The job's id, as it stands in the address.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private ILogger<JobPage> Logger { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_shownId == Id)
            return;
        _shownId = Id;
        _view = null;
        _absence = null;
        if (JobId.TryParse(Id, null, out var id))
            Follow(token => FollowAsync(id, token));
        else
            SayAbsent("This is not a job's address", "A job's id is 32 hexadecimal digits.");
    }

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
                _view = null;
                SayAbsent("This job was deleted", "It went while you were looking at it.");
                return;
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                LogInterrupted(Logger, failure, id);
                _connection = FeedConnection.Interrupted;
                Changed();
            }

            await Task.Delay(RetryDelay, Time, cancellationToken);
        }
    }

    private async Task WatchToTheEndAsync(JobId id, CancellationToken cancellationToken)
    {
        if (_view is null && await Jobs.FindAsync(id, Caller.Owner, cancellationToken) is { IsFinal: true } ended)
        {
            await OpenAsync(id, ended, FeedConnection.Ended, cancellationToken);
            return;
        }

        using var watch = await Jobs.WatchAsync(
            id, Caller.Owner, _view?.Snapshot.Seq, inline: false, cancellationToken);
        if (watch is null)
        {
            await ExplainAbsenceAsync(id, cancellationToken);
            return;
        }

        if (_view is null)
            await OpenAsync(id, watch.Snapshot, FeedConnection.Live, cancellationToken);
        _connection = FeedConnection.Live;
        Changed();
        await foreach (var next in watch.EventsAsync(cancellationToken))
        {
            _view!.Apply(next);
            Changed();
        }

        _connection = FeedConnection.Ended;
        Changed();
    }

    private async Task OpenAsync(
        JobId id, JobSnapshot snapshot, FeedConnection connection, CancellationToken cancellationToken)
    {
        var view = new JobView(snapshot);
        _history = new JobHistory(Jobs, id, Caller.Owner);
        await _history.FillAsync(view, cancellationToken);
        _view = view;
        _connection = connection;
        Changed();
    }

    private async Task ExplainAbsenceAsync(JobId id, CancellationToken cancellationToken)
    {
        _view = null;
        if (await Jobs.WasPurgedAsync(id, Caller.Owner, cancellationToken))
            SayAbsent("This job is gone", "It was deleted, or its time was over.");
        else
            SayAbsent("There is no such job", "The address may be mistyped, or the job is somebody else's.");
    }

    private void SayAbsent(string absence, string hint)
    {
        _absence = absence;
        _absenceHint = hint;
        Changed();
    }

    private Task ShowEarlierLogAsync() =>
        _view is { } view && _history is { } history ? history.ShowEarlierLogAsync(view, Gone) : Task.CompletedTask;

    private Task ShowEarlierPartialsAsync() =>
        _view is { } view && _history is { } history ? history.ShowEarlierPartialsAsync(view, Gone) : Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "Following job {JobId} on a page was interrupted; it goes on in a moment.")]
    private static partial void LogInterrupted(ILogger logger, Exception failure, JobId jobId);
}
