using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Tests.Support;

/// <summary>
/// A job on a server that has learned nothing, played on a clock that only the work moves: what its handler says goes through
/// the real progress of a job, and its events are judged against the time that the work took in the end.
/// </summary>
internal sealed class FirstRun : WorkloadContext, IProgress<ProgressUpdate>, IDisposable
{
    private static readonly double[] Moments = [0.10, 0.25, 0.50, 0.75];
    private readonly ProgressBench _bench;
    private readonly ReportedJob _job;
    private long _begun;

    private FirstRun(ProgressBench bench, ReportedJob job) => (_bench, _job) = (bench, job);

    public override TimeProvider Time => _bench.Time;

    public override IProgress<ProgressUpdate> Progress => this;

    public override CancellationToken CancellationToken => CancellationToken.None;

    public static async Task<FirstRun> StartAsync(StagePlan plan)
    {
        var bench = new ProgressBench();
        return new FirstRun(bench, await bench.StartAsync(plan));
    }

    /// <summary>A stage begins.</summary>
    public void Begin(string stage)
    {
        _begun = Time.GetTimestamp();
        _job.Progress.BeginStage(stage);
    }

    /// <summary>Work goes on for so long.</summary>
    public void Work(double seconds) => _bench.Time.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>Work goes on until so long after the present stage began.</summary>
    public void WorkUntil(double seconds) => Work(Math.Max(0, seconds - Time.GetElapsedTime(_begun).TotalSeconds));

    /// <summary>Work that reports again and again.</summary>
    /// <param name="seconds">How long it takes.</param>
    /// <param name="report">Hears the share of it, 0..1.</param>
    public void Work(double seconds, Action<double> report)
    {
        var steps = (int)Math.Clamp(seconds / 0.2, 40, 400);
        for (var i = 1; i <= steps; i++)
        {
            Work(seconds / steps);
            report((double)i / steps);
        }
    }

    public void Report(ProgressUpdate value) => _job.Progress.Report(value);

    public override void Expect(string stage, TimeSpan duration, bool isMeasured = false) =>
        _job.Progress.Learn(stages => stages.Expect(stage, duration, isMeasured));

    public override void SetInputSize(double size) => _job.Progress.Learn(stages => stages.Remaining.Size = size);

    /// <summary>What was shown at each moment of the time it took, now that it is over.</summary>
    public IReadOnlyList<Shown> Judge()
    {
        var events = _job.Events();
        var begun = events[0].At;
        var whole = (Time.GetUtcNow() - begun).TotalMilliseconds;
        var told = events.OfType<ProgressEvent>().Where(e => e.Fraction is not null).ToList();
        return [.. Moments.Select(moment =>
        {
            var last = told.LastOrDefault(e => (e.At - begun).TotalMilliseconds <= moment * whole);
            var since = last is null ? 0 : (moment * whole) - (last.At - begun).TotalMilliseconds;
            return new Shown(moment, last?.Fraction ?? 0, (last?.Eta?.P50Ms - since) / ((1 - moment) * whole), whole / 1000);
        })];
    }

    /// <summary>Asserts that the bar is the share of the time, and that an estimate comes true.</summary>
    /// <param name="from">From which share of the time on the estimate is judged.</param>
    public void AssertTruth(double from = 0.25)
    {
        var shown = Judge();
        Assert.All(shown, s => Assert.True(Math.Abs(s.Bar - s.Moment) <= 0.10, $"The bar is off: {string.Join("; ", shown)}"));
        Assert.All(shown.Where(s => s.Moment >= from), s => Assert.True(s.Left is >= 0.75 and <= 1.25, $"The estimate is off: {string.Join("; ", shown)}"));
    }

    public void Dispose()
    {
        _job.Dispose();
        _bench.Dispose();
    }

    /// <summary>What is shown at a moment.</summary>
    /// <param name="Moment">The share of the time, 0..1.</param>
    /// <param name="Bar">The bar's share.</param>
    /// <param name="Left">The time left as it is told, as a multiple of what is really left.</param>
    /// <param name="Seconds">How long it takes.</param>
    internal sealed record Shown(double Moment, double Bar, double? Left, double Seconds);

    public override JobId JobId => _job.Job.Id;

    public override string Owner => _job.Job.Owner;

    public override JsonElement Input => default;

    public override int Attempt => 1;

    public override IReadOnlyDictionary<int, PartialResult> RestoredPartials => new Dictionary<int, PartialResult>();

    public override ResumePoint Resumed => new(null, 0, null);

    public override JobUsage Usage => JobUsage.None;

    public override string WorkFolder => throw NotPlayed();

    public override string? Secret(string name) => null;

    public override Task<T> PulseAsync<T>(Func<CancellationToken, Task<T>> operation, PulseOptions? options = null) => throw NotPlayed();

    public override ValueTask BeginStageAsync(string name)
    {
        Begin(name);
        return ValueTask.CompletedTask;
    }

    public override ValueTask LogAsync(
        JobLogLevel level, string message, int? step = null, int? totalSteps = null, TimeSpan? duration = null) => ValueTask.CompletedTask;

    public override ValueTask PartialAsync(PartialResult partial) => ValueTask.CompletedTask;

    public override ValueTask AddUsageAsync(JobUsage used) => ValueTask.CompletedTask;

    public override Task<long> ApplyAsync(IReadOnlyList<WorkloadUpdate> updates) => throw NotPlayed();

    public override ValueTask<ReadOnlyMemory<byte>?> ReadCheckpointAsync() => throw NotPlayed();

    public override ValueTask SaveCheckpointAsync(ReadOnlyMemory<byte> checkpoint) => ValueTask.CompletedTask;

    public override Task<string?> AskAsync(string question, IReadOnlyList<string>? options, TimeSpan timeout) => throw NotPlayed();

    public override Task<UploadedFile> ReceiveFileAsync(string fileId) => throw NotPlayed();

    public override Task<UploadedFile> AddFileAsync(string name, string mediaType, Stream content) => throw NotPlayed();

    public override ValueTask<UploadedFile?> FindFileAsync(string name) => throw NotPlayed();

    private static NotSupportedException NotPlayed() => new("A played job does not do that.");
}
