using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Shared;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Uploading;

/// <summary>A file and what becomes of it: its bytes as they are sent, then its job to the end.</summary>
public sealed partial class UploadRow
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    private JobSnapshot? _job;
    private JobId? _followed;

    /// <summary>The file.</summary>
    [Parameter, EditorRequired]
    public UploadItem Item { get; set; } = null!;

    /// <summary>The list that it is on.</summary>
    [Parameter, EditorRequired]
    public FileQueue Queue { get; set; } = null!;

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    // What the job says of its end is nearer to the truth than what the sender noticed of it.
    private string? Problem => _job switch
    {
        { State: JobState.Failed, Error: { } error } => RefusalTexts.Of(error),
        { IsFinal: true } => null,
        _ => Item.Problem,
    };

    private string Tone => Problem is not null ? "bad" : _job is { State: JobState.Succeeded } ? "good" : "";

    private int Percent => Item.File.Bytes == 0 ? 0 : (int)(100 * Item.Sent / Item.File.Bytes);

    private string Words => Item.State switch
    {
        _ when _job is { IsFinal: true } ended => ended.Standing(),
        UploadState.Chosen => UiText.Of("Ready to be sent"),
        UploadState.Waiting => UiText.Of("Waits for its turn"),
        UploadState.Starting => UiText.Of("Begins"),
        UploadState.Sending => UiText.Of("Sending, {0} %", Percent),
        UploadState.Failed => UiText.Of("Failed"),
        UploadState.Canceled => UiText.Of("Canceled"),
        _ when _job is { State: JobState.Running } job => $"{job.StageLabel() ?? UiText.Of("Running")}, {job.Percent()} %",
        _ => _job?.State.Label() ?? UiText.Of("Sent"),
    };

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (Item.JobId is not { } id || _followed == id)
            return;
        _followed = id;
        Follow(token => FollowAsync(id, token));
    }

    private async Task FollowAsync(JobId id, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var watch = await Jobs.WatchAsync(id, Caller.Owner, _job?.Seq, inline: false, cancellationToken);
                if (watch is null)
                    return;
                _job ??= watch.Snapshot;
                Changed();
                await foreach (var next in watch.EventsAsync(cancellationToken))
                {
                    if (next.Seq > _job.Seq)
                        _job = _job.Apply(next);
                    Changed();
                }

                return;
            }
            catch (EventsGoneException)
            {
                return;
            }
            catch (StorageUnavailableException)
            {
                await Task.Delay(RetryDelay, Time, cancellationToken);
            }
        }
    }

    private async Task CancelAsync()
    {
        try
        {
            await Queue.CancelAsync(Item);
        }
        catch (StorageUnavailableException)
        {
            // Nothing was canceled, which the row goes on to show.
        }
    }
}
