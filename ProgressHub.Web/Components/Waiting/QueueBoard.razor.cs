using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Live;
using ProgressHub.Web.Components.Overview;
using ProgressHub.Web.Components.Shared;

namespace ProgressHub.Web.Components.Waiting;

/// <summary>The caller's queued jobs in the order in which they will begin, live.</summary>
public sealed partial class QueueBoard
{
    // How far into the queue it looks.
    private const int Depth = 200;

    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(2);

    private IReadOnlyList<(JobSnapshot Job, TimeSpan? Start)>? _jobs;
    private bool _isMoving;
    private bool _isStale = true;
    private int _version;
    private string? _refusal;
    private string? _said;

    /// <summary>What is paused.</summary>
    [Parameter]
    public IReadOnlyList<QueuePause> Pauses { get; set; } = [];

    [Inject]
    private QueueOrder Order { get; set; } = null!;

    [Inject]
    private JobQueue Slots { get; set; } = null!;

    [Inject]
    private IOptions<ExecutionOptions> Options { get; set; } = null!;

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private OwnerFeeds Feeds { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private WorkloadCatalog Workloads { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        Follow(FollowAsync);
    }

    private string StartText(JobSnapshot job, TimeSpan? start) => start switch
    {
        _ when Pauses.Any(pause => pause.Holds(job.Kind)) => L["When the pause ends"],
        null => L["Not known"],
        { TotalSeconds: < 2 } => L["Next"],
        { } wait => L["in about {0}", Durations.Whole(wait.TotalMilliseconds)],
    };

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                await OwnerEvents.FollowAsync(
                    Feeds, Caller.Owner, ReadAsync,
                    (frame, _) =>
                    {
                        _isStale |= frame.IsDone || frame.Type is EventTypes.Queued or EventTypes.Started or EventTypes.Retrying;
                        return ValueTask.CompletedTask;
                    },
                    ReadSoonAsync, cancellationToken);
            }
            catch (StorageUnavailableException)
            {
                await Task.Delay(RetryDelay, Time, cancellationToken);
            }
        }
    }

    private async ValueTask ReadSoonAsync(CancellationToken cancellationToken)
    {
        if (!_isStale)
            return;
        await Task.Delay(Gather, Time, cancellationToken);
        await ReadAsync(cancellationToken);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        _isStale = false;
        var queued = await Order.ListAsync(Caller.Owner, Depth, cancellationToken);
        var lengths = queued.Count == 0 ? [] : (await ActivityReader.ReadAsync(Jobs, Caller.Owner, Time.GetUtcNow(), cancellationToken))
            .Durations.ToDictionary(kind => kind.Kind, kind => TimeSpan.FromMilliseconds(kind.MedianMs));
        var starts = QueueForecast.Of(
            Options.Value.MaxConcurrency, await ReadRunningAsync(cancellationToken),
            [.. queued.Select(job => lengths.TryGetValue(job.Kind, out var length) ? length : (TimeSpan?)null)]);
        _jobs = [.. queued.Zip(starts)];
        _version++;
        Changed();
    }

    // Of those that run for others nothing is known but that they run.
    private async Task<IReadOnlyList<TimeSpan?>> ReadRunningAsync(CancellationToken cancellationToken)
    {
        var own = await Jobs.ListAsync(new JobQuery { Owner = Caller.Owner, States = [JobState.Running, JobState.Canceling], Limit = Depth }, cancellationToken);
        List<TimeSpan?> rests =
        [
            .. own.Items.Where(job => !IsRemote(job.Kind)).Select(job => job.Eta is { } eta ? TimeSpan.FromMilliseconds(eta.P50Ms) : (TimeSpan?)null),
        ];
        var all = Slots.Running.Where(kind => !IsRemote(kind.Key)).Sum(kind => kind.Value);
        rests.AddRange(Enumerable.Repeat<TimeSpan?>(null, Math.Max(0, all - rests.Count)));
        return rests;
    }

    private bool IsRemote(string kind) => Workloads.Find(kind)?.Descriptor.IsRemote == true;

    private async Task MoveAsync(JobSnapshot job)
    {
        (_isMoving, _refusal) = (true, null);
        try
        {
            await Order.MoveToFrontAsync(job.JobId, Caller.Owner, Gone);
            _said = L["{0} is at the front.", job.Title];
        }
        catch (JobConflictException)
        {
            _said = L["{0} has left the queue.", job.Title];
        }
        catch (StorageUnavailableException)
        {
            _refusal = L["The server can't write to its store now; try again in a moment."];
        }
        finally
        {
            _isMoving = false;
        }

        if (_refusal is null)
            await ReadAsync(Gone);
    }
}
