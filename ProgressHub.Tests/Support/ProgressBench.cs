using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;

namespace ProgressHub.Tests.Support;

/// <summary>Progress of jobs on a clock that a test moves, with every append done at once.</summary>
internal sealed class ProgressBench : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);
    public static readonly StagePlan Plan = new(new Stage("one", "One", 1), new Stage("two", "Two", 3));

    public ProgressBench()
    {
        Feeds = new FeedBench(Time);
        Feeds.Log.Asynchronous = false;
    }

    public ManualTime Time { get; } = new();

    public FeedBench Feeds { get; }

    public void Dispose() => Feeds.Dispose();

    public async Task<ReportedJob> StartAsync(StagePlan? plan = null)
    {
        var job = Feeds.AddJob();
        var writer = await Feeds.OpenAsync(job);
        return new ReportedJob(Feeds, job, writer, new JobProgress(writer, plan ?? Plan, Interval, Time));
    }
}

/// <summary>A job that a test reports for.</summary>
internal sealed record ReportedJob(FeedBench Bench, Job Job, EventWriter Writer, JobProgress Progress) : IDisposable
{
    public List<JobEvent> Events() => [.. Bench.Log.Frames(Job.Id).Skip(1).Select(f => f.Decode())];

    /// <summary>The state after each event.</summary>
    public List<JobSnapshot> Snapshots()
    {
        var state = JobSnapshot.Empty(Job.Id, Job.CreatedAt) with { Seq = 1 };
        return [.. Events().Select(e => state = state.Apply(e))];
    }

    public List<ProgressEvent> Updates() => [.. Events().OfType<ProgressEvent>()];

    public IEnumerable<double?> Currents() => Updates().Select(p => p.Current);

    public void Dispose()
    {
        Progress.Dispose();
        Writer.Dispose();
    }
}
