using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Storage;

/// <summary>A storage to assert a contract on; disposing it closes it and removes what it kept.</summary>
internal interface IStorageUnderTest : IAsyncDisposable
{
    IJobStore Store { get; }

    IEventLog Log { get; }

    IWebhookStore Webhooks { get; }

    IFileStore Files { get; }

    IDurationStore Durations { get; }

    IUsageStore Usage { get; }

    IScheduleStore Schedules { get; }

    IQueuePauseStore Pauses { get; }

    IDefaultWebhookStore Defaults { get; }
}

/// <summary>What both contracts need: an empty storage for each test, and jobs to put in it.</summary>
public abstract class StorageContract : IAsyncLifetime
{
    private protected static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private IStorageUnderTest? _storage;

    private protected IJobStore Store => _storage!.Store;

    private protected IEventLog Log => _storage!.Log;

    private protected IWebhookStore Webhooks => _storage!.Webhooks;

    private protected IFileStore Files => _storage!.Files;

    private protected IDurationStore Durations => _storage!.Durations;

    private protected IUsageStore Usage => _storage!.Usage;

    private protected IScheduleStore Schedules => _storage!.Schedules;

    private protected IQueuePauseStore Pauses => _storage!.Pauses;

    private protected IDefaultWebhookStore Defaults => _storage!.Defaults;

    internal StorageClock Clock { get; } = new();

    private protected DateTimeOffset Now => Clock.GetUtcNow();

    private protected static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        _storage = Create(Clock);
        await Store.InitializeAsync(None);
    }

    public async Task DisposeAsync() => await _storage!.DisposeAsync();

    private protected abstract IStorageUnderTest Create(TimeProvider time);

    internal LoggedJob NewJob(
        string owner = "ann", string kind = "translation", string title = "Letter", params string[] tags) => new(
        new Job
        {
            Id = JobId.New(), Kind = kind, Title = title, Owner = owner, Tags = tags, CreatedAt = Now,
        },
        Clock);

    internal async Task<LoggedJob> CreateAsync(
        string owner = "ann", string kind = "translation", string title = "Letter", params string[] tags)
    {
        var job = NewJob(owner, kind, title, tags);
        Assert.Equal(default, await Log.CreateAsync(job.New(), None));
        return job;
    }

    internal async Task<LoggedJob> StartedAsync(
        string owner = "ann", string kind = "translation", string title = "Letter")
    {
        var job = await CreateAsync(owner, kind, title);
        job.Job = Assert.Single(await ClaimAsync(kind, 1));
        await CommitAsync(job.Append(new StartedEvent([])));
        return job;
    }

    internal async Task<LoggedJob> FinishedAsync(
        string owner = "ann", string kind = "translation", string title = "Letter")
    {
        var job = await StartedAsync(owner, kind, title);
        await CommitAsync(Finish(job));
        return job;
    }

    internal LogAppend Finish(LoggedJob job, JobState state = JobState.Succeeded) => job.Append(
        row => row.Finish(state, Now), new DoneEvent(state, null, null, new JobSummary(0, [])));

    internal async Task CommitAsync(LogAppend append) =>
        Assert.True((await Log.AppendAsync(append, None)).IsCommitted);

    /// <summary>The fence of an attempt on the node that <see cref="ClaimAsync"/> names.</summary>
    private protected static AttemptFence Fence(JobId job, int attempt) => new(job, attempt, "node");

    private protected async Task<IReadOnlyList<Job>> ClaimAsync(string kind, int places, int limit = 100) =>
        await Store.ClaimAsync(
            new ClaimRequest("node", new Dictionary<string, int> { [kind] = places }, limit, Now), None);

    internal static ProgressEvent Step(double current) => new() { Current = current };
}
