using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Benchmarks.InProcess;

/// <summary>What an event of a running job costs, and a running job holds, where 10,000 run, against 10.</summary>
internal static class JobGrowthBenchmark
{
    private const int Few = 10;
    private const int Many = 10_000;
    private const int Events = 20_000;
    private const int Writers = 10;
    private const int Rounds = 3;
    private static readonly WorkloadUpdate Update = new() { Log = [new WorkloadLine(JobLogLevel.Info, "Batch 12 of 47 is translated and stored")] };

    public static async Task<IEnumerable<Result>> RunAsync()
    {
        List<Costs> few = [], many = [];
        for (var round = 0; round < Rounds; round++)
        {
            few.Add(await MeasureAsync(Few));
            many.Add(await MeasureAsync(Many));
        }

        return
        [
            new Result($"{Many:N0} running jobs, an event of one of them", "µs of processor time", [.. many.Select(c => c.Cpu)],
                $"{Few} jobs", [.. few.Select(c => c.Cpu)], "≤ 1.2 ×"),
            new Result($"{Many:N0} running jobs, {Writers} writers at once", "durable events/s", [.. many.Select(c => c.PerSecond)],
                $"{Few} jobs", [.. few.Select(c => c.PerSecond)], "≥ 0.8 ×", HigherIsBetter: true),
            new Result($"{Many:N0} running jobs, each", "bytes on the managed heap", [.. many.Select(c => c.Heap)], "", [], ""),
        ];
    }

    private static async Task<Costs> MeasureAsync(int jobs)
    {
        var workload = new BenchWorkload();
        await using var engine = await BenchEngine.StartAsync(workload, options => options.MaxConcurrency = Many);
        var empty = GC.GetTotalMemory(forceFullCollection: true);
        await Parallel.ForAsync(0, jobs, async (_, token) => await engine.Jobs.SubmitAsync(BenchWorkload.Request(hold: true), token));
        var running = new RunningBench[jobs];
        for (var i = 0; i < jobs; i++)
            running[i] = await workload.Started.Reader.ReadAsync();
        var full = GC.GetTotalMemory(forceFullCollection: true);

        await WriteAsync(running, Events / 10);
        var used = Environment.CpuUsage.TotalTime;
        var began = TimeProvider.System.GetTimestamp();
        await WriteAsync(running, Events);
        var took = TimeProvider.System.GetElapsedTime(began);
        used = Environment.CpuUsage.TotalTime - used;
        foreach (var job in running)
            job.Finish();
        return new Costs(used.TotalMicroseconds / Events, Events / took.TotalSeconds, (double)(full - empty) / jobs);
    }

    // Each writer has one event in flight, of the next of its jobs each time.
    private static Task WriteAsync(RunningBench[] running, int events) => Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
    {
        for (var i = writer; i < events; i += Writers)
            await running[i % running.Length].Context.ApplyAsync([Update]);
    })));

    private sealed record Costs(double Cpu, double PerSecond, double Heap);
}
