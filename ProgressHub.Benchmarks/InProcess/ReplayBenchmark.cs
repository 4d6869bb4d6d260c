using System.Diagnostics;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Benchmarks.InProcess;

/// <summary>How long a watcher takes that comes late and wants all: for each event, of a long log and of a short one.</summary>
internal static class ReplayBenchmark
{
    private const int Rounds = 3;
    private const int Short = 2000;

    public static async Task<IEnumerable<Result>> RunAsync(int events)
    {
        var workload = new BenchWorkload();
        await using var engine = await BenchEngine.StartAsync(workload);
        var small = await WriteAsync(engine, Short);
        var large = await WriteAsync(engine, events);
        List<double> ours = [], theirs = [];
        await ReplayAsync(engine, small);
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(await ReplayAsync(engine, large));
            theirs.Add(await ReplayAsync(engine, small));
        }

        return
        [
            new Result($"a log of {events:#,0} events, watched from its start", "µs an event", [.. ours],
                $"one of {Short:#,0}", [.. theirs], "≤ 1.5 ×"),
        ];
    }

    private static async Task<JobId> WriteAsync(BenchEngine engine, int events)
    {
        var job = await engine.RunOneAsync();
        for (var i = 0; i < events; i++)
            await job.Context.LogAsync(JobLogLevel.Info, "Batch 12 of 47 is translated and stored", i, events);
        job.Finish();
        return job.Context.JobId;
    }

    private static async Task<double> ReplayAsync(BenchEngine engine, JobId id)
    {
        var begun = Stopwatch.GetTimestamp();
        using var watch = await engine.Jobs.WatchAsync(id, "local", 0, CancellationToken.None)
            ?? throw new InvalidOperationException("The job is gone.");
        var frames = new EventFrame[512];
        var (seen, done) = (0, false);
        while (!done)
        {
            var count = await watch.ReadAsync(frames, CancellationToken.None);
            if (count == 0)
                await watch.Watcher.WaitAsync();
            done = count > 0 && frames[count - 1].IsDone;
            seen += count;
        }

        return Stopwatch.GetElapsedTime(begun).TotalMicroseconds / seen;
    }
}
