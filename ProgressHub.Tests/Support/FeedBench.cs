using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Support;

/// <summary>The live half of the engine on a log that a test controls: feeds, writers and watchers, without execution.</summary>
internal sealed class FeedBench : IDisposable
{
    public FeedBench(TimeProvider? time = null, IEventRelay? relay = null, HeldLog? log = null)
    {
        Time = time ?? TimeProvider.System;
        Log = log ?? new HeldLog();
        Tick = new FlushTick(Time);
        relay ??= new NoRelay();
        Owners = new OwnerFeeds(relay, Tick, Time);
        Feeds = new EventFeeds(Log, Owners, relay, Tick, Time);
        Relayed = new RelayedEvents(Feeds, Owners, Log, Time);
    }

    public HeldLog Log { get; }

    public TimeProvider Time { get; }

    public FlushTick Tick { get; }

    public OwnerFeeds Owners { get; }

    public EventFeeds Feeds { get; }

    /// <summary>Where what another node sent comes in.</summary>
    public RelayedEvents Relayed { get; }

    public void Dispose() => Tick.Dispose();

    /// <summary>A job whose first attempt is under way; its log holds <c>queued</c> alone.</summary>
    public Job AddJob(string owner = "ann")
    {
        var now = Time.GetUtcNow();
        var job = new Job { Id = JobId.New(), Kind = "test", Title = "Test", Owner = owner, CreatedAt = now };
        var queued = new QueuedEvent(job.Kind, job.Title, 0) { JobId = job.Id, Seq = 1, At = now };
        var snapshot = JobSnapshot.Empty(job.Id, now).Apply(queued);
        job = job.Start(now);
        Log.Add(job, EventFrame.Encode(queued, snapshot), snapshot);
        return job;
    }

    public async Task<EventWriter> OpenAsync(Job job)
    {
        var lease = await Feeds.AcquireAsync(job.Id, follow: false, CancellationToken.None).Soon();
        var writer = await EventWriter.OpenAsync(
            lease!, Log, () => ValueTask.FromResult(Log.Find(job.Id)), Time, Timeout.InfiniteTimeSpan, CancellationToken.None).Soon();
        return writer!;
    }

    public async Task<JobWatch> WatchAsync(Job job, long? after = null) =>
        (await Feeds.WatchAsync(job.Id, after, inline: false, CancellationToken.None).Soon())!;

    public static DoneEvent Done(JobState state = JobState.Succeeded) => new(state, null, null, new JobSummary(0, []));

    public static LogEvent Line(string text) => new(JobLogLevel.Info, text);
}
