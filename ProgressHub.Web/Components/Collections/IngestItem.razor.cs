using System.Threading.Channels;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Collections;

/// <summary>
/// A job that fills a collection: where it is, and what has become of its documents. Whoever shows it hears of its
/// events; they say that there is more, and the pieces themselves are read from the log.
/// </summary>
public sealed partial class IngestItem
{
    private const int PageSize = 500;
    private static readonly TimeSpan LeastPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan StorePause = TimeSpan.FromSeconds(2);

    private readonly IngestTally _tally = new();

    // One that waits is enough: whoever is told reads all there is.
    private readonly Channel<bool> _news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private JobId? _followed;
    private long _toldOf;
    private long _read;

    /// <summary>The job, as it is now.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    /// <summary>More of its documents are in the collection, or it has ended.</summary>
    [Parameter]
    public EventCallback OnAdvanced { get; set; }

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    private string? Doing => Job.State switch
    {
        JobState.Queued => UiText.Of("Waits for its turn"),
        JobState.Canceling => UiText.Of("Is being canceled"),
        _ => Job.Said(),
    };

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_followed is null)
        {
            _followed = Job.JobId;
            Follow(FollowAsync);
        }

        if (Job.Seq <= _toldOf)
            return;
        _toldOf = Job.Seq;
        _news.Writer.TryWrite(true);
    }

    private static string Mark(StageStatus stage) => stage.State switch
    {
        "done" => "check",
        "running" => "play",
        "failed" => "cross",
        _ => "dot",
    };

    private static string Spoken(StageStatus stage) => stage.State switch
    {
        "done" => UiText.Of("done"),
        "running" => UiText.Of("under way"),
        "failed" => UiText.Of("failed"),
        _ => UiText.Of("to come"),
    };

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await _news.Reader.ReadAsync(cancellationToken);
            var ended = Job.IsFinal;
            try
            {
                await ReadOnAsync(cancellationToken);
            }
            catch (StorageUnavailableException)
            {
                await Task.Delay(StorePause, Time, cancellationToken);
                _news.Writer.TryWrite(true);
                continue;
            }

            if (ended)
                return;
            await Task.Delay(LeastPause, Time, cancellationToken);
        }
    }

    private async Task ReadOnAsync(CancellationToken cancellationToken)
    {
        var before = _tally.Done;
        IReadOnlyList<EventFrame> page;
        do
        {
            page = await Jobs.ReadPartialsSinceAsync(Job.JobId, Caller.Owner, _read, PageSize, cancellationToken) ?? [];
            foreach (var frame in page)
            {
                _tally.Apply((PartialEvent)frame.Decode());
                _read = frame.Seq;
            }
        }
        while (page.Count == PageSize);

        Changed();
        if (_tally.Done > before || Job.IsFinal)
            await OnAdvanced.InvokeAsync();
    }
}
