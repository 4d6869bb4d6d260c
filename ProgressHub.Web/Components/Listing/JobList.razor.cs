using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Web.Components.Hosting;

namespace ProgressHub.Web.Components.Listing;

/// <summary>A list of jobs, live: one watcher on all events of the owner, folded into the page that is shown.</summary>
public sealed partial class JobList
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    private JobListView? _view;
    private JobListFilter? _shown;

    /// <summary>Which jobs.</summary>
    [Parameter]
    public JobListFilter Filter { get; set; } = new();

    /// <summary>How many a page.</summary>
    [Parameter]
    public int Limit { get; set; } = 25;

    /// <summary>Whether there are links to other pages.</summary>
    [Parameter]
    public bool Paged { get; set; }

    /// <summary>What the list is called.</summary>
    [Parameter]
    public string Label { get; set; } = "Jobs";

    /// <summary>What to show where there is no job.</summary>
    [Parameter]
    public RenderFragment? Empty { get; set; }

    /// <summary>How to show a job; null for a row that links to its page.</summary>
    [Parameter]
    public RenderFragment<JobSnapshot>? Row { get; set; }

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private OwnerFeeds Feeds { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private ILogger<JobList> Logger { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_shown == Filter)
            return;
        _shown = Filter;
        Follow(FollowAsync);
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await WatchAsync(cancellationToken);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                LogInterrupted(Logger, failure);
                await Task.Delay(RetryDelay, Time, cancellationToken);
            }
        }
    }

    // Watch first, then list: what happens in between is on the watcher, and what the list has already is dropped by seq.
    // Returns where the watcher has fallen too far behind, to start over.
    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        var (watcher, _) = Feeds.Watch(Caller.Owner, after: null, inline: false);
        using var watching = watcher;
        await using var poke = cancellationToken.UnsafeRegister(static w => ((FeedWatcher)w!).Poke(), watcher);

        var view = new JobListView(Filter, Limit);
        view.Reset(await Jobs.ListAsync(Filter.ToQuery(Caller.Owner, Limit), cancellationToken));
        _view = view;
        Changed();

        var frames = new EventFrame[128];
        int count;
        while ((count = watcher.Read(frames)) >= 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var i = 0; i < count; i++)
                await ApplyAsync(view, frames[i], cancellationToken);
            if (count == 0)
                await watcher.WaitAsync();
        }
    }

    private async ValueTask ApplyAsync(JobListView view, EventFrame frame, CancellationToken cancellationToken)
    {
        var changed = view.Apply(frame);
        if (changed is null && await Jobs.FindAsync(frame.JobId, Caller.Owner, cancellationToken) is { } job)
            view.Apply(job);
        if (changed != false)
            Changed();
    }

    [LoggerMessage(LogLevel.Warning, "A live list of jobs was interrupted; it starts over in a moment.")]
    private static partial void LogInterrupted(ILogger logger, Exception failure);
}
