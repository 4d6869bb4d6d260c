using System.Diagnostics;
using ProgressHub.Core.Events;

namespace ProgressHub.Benchmarks.InProcess;

/// <summary>Whole empty jobs: submitted, claimed, run, done, every step on disk.</summary>
internal static class EmptyJobBenchmark
{
    private const int Rounds = 5;
    private const int Jobs = 2000;
    private const int Submitters = 64;

    public static async Task<IEnumerable<Result>> RunAsync()
    {
        await using var engine = await BenchEngine.StartAsync(new BenchWorkload());
        var rates = new List<double>();
        await MeasureAsync(engine, 200);
        for (var round = 0; round < Rounds; round++)
            rates.Add(await MeasureAsync(engine, Jobs));
        return
        [
            new Result($"whole empty jobs, durable, {Submitters} submitters", "jobs/s", [.. rates],
                "measured elsewhere: BullMQ on Redis 1,676", [], "ahead", HigherIsBetter: true),
        ];
    }

    private static async Task<double> MeasureAsync(BenchEngine engine, int jobs)
    {
        var owners = engine.Services.GetRequiredService<OwnerFeeds>();
        using var watcher = owners.Watch("local", null, inline: false).Watcher;
        var watch = Stopwatch.GetTimestamp();
        var finished = CountDoneAsync(watcher, jobs);
        await Parallel.ForAsync(0, jobs, new ParallelOptions { MaxDegreeOfParallelism = Submitters },
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
