using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Interop;
using ProgressHub.Web.Components.Live;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Listing;

/// <summary>A list of jobs, live: one watcher on all events of the owner, folded into the page that is shown.</summary>
public sealed partial class LiveJobList
{
    private const string ScrollMemory = "./ui/scroll-memory.js";

    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan SharedDelay = TimeSpan.FromSeconds(2);

    private readonly HashSet<JobId> _stalled = [];
    private JobListView? _view;
    private JobListFilter? _shown;
    private bool _placed;

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
    public string Label { get; set; } = UiText.Of("Jobs");

    /// <summary>What to show where there is no job.</summary>
    [Parameter]
    public RenderFragment? Empty { get; set; }

    /// <summary>How to show a job; null for a row that links to its page.</summary>
    [Parameter]
    public RenderFragment<JobSnapshot>? Row { get; set; }

    /// <summary>Which jobs are selected; null where none can be.</summary>
    [Parameter]
    public JobSelection? Selection { get; set; }

    /// <summary>Tells that a job has come, or is in another state.</summary>
    [Parameter]
    public Action? OnMoved { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private OwnerFeeds Feeds { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private PendingDeletions Deletions { get; set; } = null!;

    [Inject]
    private ILogger<LiveJobList> Logger { get; set; } = null!;

    private bool AllSelected => _view is { Jobs.Count: > 0 } view && view.Jobs.All(job => Selection!.Contains(job.JobId));

    /// <summary>Reads the list anew: something has changed that no event tells of.</summary>
    public void Reload()
    {
        OnMoved?.Invoke();
        Follow(FollowAsync);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        Deletions.Changed -= Changed;
        await base.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        Deletions.Changed += Changed;
    }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_shown == Filter)
            return;
        _shown = Filter;
        Follow(FollowAsync);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // Whoever comes back finds the row they left.
        if (!Paged || _placed || _view is null)
            return;
        _placed = true;
        var memory = new JsModule(Script, ScrollMemory);
        await memory.CallAsync<object>("remember");
        await memory.DisposeAsync();
    }

    private static string Range(JobListView view) => view.Jobs is not [var newest, ..] ? "" : view.Jobs.Count == 1
        ? UiText.Of("1 job, submitted {0:yyyy-MM-dd HH:mm} UTC", newest.CreatedAt.UtcDateTime)
        : UiText.Of("{0} jobs, submitted {1:yyyy-MM-dd HH:mm} to {2:yyyy-MM-dd HH:mm} UTC", view.Jobs.Count,
            view.Jobs.Min(job => job.CreatedAt).UtcDateTime, view.Jobs.Max(job => job.CreatedAt).UtcDateTime);

    // To fall silent, or to be heard of again, is no state of its own and comes as progress.
    private bool Moves(EventFrame frame) =>
        frame.Type is not (EventTypes.Progress or EventTypes.Log or EventTypes.Partial or EventTypes.Stage or EventTypes.Usage)
        || (frame.SnapshotAfter is { } job && (job.Stalled == true ? _stalled.Add(job.JobId) : _stalled.Remove(job.JobId)));

    private bool IsSortedBy(string? sort) => sort is "title" or "longest" ? Filter.Sort == sort : Filter.Sort is null or "oldest";

    private void ToggleAll() => Selection!.Set(AllSelected ? [] : _view!.Jobs.Select(job => job.JobId));

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await (Filter.Shared ? WatchSharedAsync(cancellationToken) : WatchAsync(cancellationToken));
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                LogInterrupted(Logger, failure);
                await Task.Delay(RetryDelay, Time, cancellationToken);
            }
        }
    }

    /// <summary>
    /// The jobs of others have no stream of their own: they are read again every few seconds, which shows also what is no
    /// longer shared.
    /// </summary>
    private async Task WatchSharedAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var view = new JobListView(Filter, Limit);
            view.Reset(await Jobs.ListSharedAsync(Filter.ToQuery(Caller.Owner, Limit), cancellationToken));
            _view = view;
            Changed();
            await Task.Delay(SharedDelay, Time, cancellationToken);
        }
    }

    // What the list has already of what happened meanwhile is dropped by seq.
    private Task WatchAsync(CancellationToken cancellationToken)
    {
        var view = new JobListView(Filter, Limit);
        return OwnerEvents.FollowAsync(
            Feeds, Caller.Owner,
            async token =>
            {
                view.Reset(await Jobs.ListAsync(Filter.ToQuery(Caller.Owner, Limit), token));
                _stalled.Clear();
                _stalled.UnionWith(view.Jobs.Where(job => job.Stalled == true).Select(job => job.JobId));
                _view = view;
                Changed();
            },
            (frame, token) => ApplyAsync(view, frame, token), static _ => ValueTask.CompletedTask, cancellationToken);
    }

    private async ValueTask ApplyAsync(JobListView view, EventFrame frame, CancellationToken cancellationToken)
    {
        var changed = view.Apply(frame);
        if (changed is null && await Jobs.FindAsync(frame.JobId, Caller.Owner, cancellationToken) is { } job)
            view.Apply(job);
        if (changed != false)
            Changed();
        if (Moves(frame))
            OnMoved?.Invoke();
    }

    [LoggerMessage(LogLevel.Warning, "A live list of jobs was interrupted; it starts over in a moment.")]
    private static partial void LogInterrupted(ILogger logger, Exception failure);
}
