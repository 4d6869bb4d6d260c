using System.Diagnostics;
using ProgressHub.Benchmarks.Peers;
using ProgressHub.Core.Events;

namespace ProgressHub.Benchmarks.InProcess;

/// <summary>
/// Whole empty jobs: submitted, claimed, run, done, every step on disk. The peer is BullMQ on a Redis that syncs each write,
/// where both are installed; as many submit at once and as many run at once.
/// </summary>
internal static class EmptyJobBenchmark
{
    private const int Rounds = 5;
    private const int Jobs = 4000;
    private const int AtOnce = 64;

    public static async Task<IEnumerable<Result>> RunAsync()
    {
        await using var engine = await BenchEngine.StartAsync(new BenchWorkload(), options => options.MaxConcurrency = AtOnce);
        await using var peer = await BullMqProcess.TryStartAsync(AtOnce);
        List<double> ours = [], theirs = [], processor = [];
        await MeasureAsync(engine, Jobs);
        for (var round = 0; round < Rounds; round++)
        {
            var used = Environment.CpuUsage.TotalTime;
            ours.Add(await MeasureAsync(engine, Jobs));
            processor.Add((Environment.CpuUsage.TotalTime - used).TotalMicroseconds / Jobs);
            if (peer is not null)
                theirs.Add(await peer.MeasureAsync(Jobs));
        }

        return
        [
            new Result($"whole empty jobs, durable, {AtOnce} submitters, {AtOnce} at once", "jobs/s", [.. ours],
                peer is null ? "" : "BullMQ, `appendfsync always`", [.. theirs], "≥ 1 ×", HigherIsBetter: true),
            new Result("the same", "µs of processor time a job", [.. processor], "", [], ""),
        ];
    }

    private static async Task<double> MeasureAsync(BenchEngine engine, int jobs)
    {
        var owners = engine.Services.GetRequiredService<OwnerFeeds>();
        using var watcher = owners.Watch("local", null, inline: false).Watcher;
        var watch = Stopwatch.GetTimestamp();
        var finished = CountDoneAsync(watcher, jobs);
        await Parallel.ForAsync(0, jobs, new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (_, token) => await engine.Jobs.SubmitAsync(BenchWorkload.Request(hold: false), token));
        await finished;
        return jobs / Stopwatch.GetElapsedTime(watch).TotalSeconds;
    }

    private static async Task CountDoneAsync(FeedWatcher watcher, int jobs)
    {
        var frames = new EventFrame[512];
        for (var done = 0; done < jobs;)
        {
            var count = watcher.Read(frames);
            if (count < 0)
                throw new InvalidOperationException("The counter fell behind its ring.");
            if (count == 0)
                await watcher.WaitAsync();
            done += frames.AsSpan(0, Math.Max(count, 0)).ToArray().Count(f => f.IsDone);
        }
    }
}
