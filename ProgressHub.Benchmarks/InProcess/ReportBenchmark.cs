using System.Diagnostics;
using ProgressHub.Core.Progress;

namespace ProgressHub.Benchmarks.InProcess;

/// <summary>What a report costs the handler while it is coalesced, against <c>System.Progress&lt;T&gt;</c>.</summary>
internal static class ReportBenchmark
{
    private const int Rounds = 7;
    private const int Reports = 2_000_000;

    public static async Task<IEnumerable<Result>> RunAsync()
    {
        await using var engine = await BenchEngine.StartAsync(new BenchWorkload());
        var command = await engine.RunOneAsync();
        IProgress<ProgressUpdate> ours = command.Context.Progress;

        // Banned in the product for good reason; here it is the baseline.
#pragma warning disable RS0030
        IProgress<ProgressUpdate> theirs = new Progress<ProgressUpdate>(static _ => { });
#pragma warning restore RS0030

        Measure(ours, 100_000);
        Measure(theirs, 100_000);
        var rounds = Enumerable.Range(0, Rounds)
            .Select(_ => (Ours: Measure(ours, Reports), Theirs: Measure(theirs, Reports / 10)))
            .ToArray();
        command.Finish();
        return
        [
            new Result("`Report`, coalesced", "ns", [.. rounds.Select(r => r.Ours.Ns)],
                "`System.Progress<T>`", [.. rounds.Select(r => r.Theirs.Ns)], "≤ 50 ns"),
            new Result("`Report`, coalesced", "bytes allocated", [.. rounds.Select(r => r.Ours.Bytes)],
                "`System.Progress<T>`", [.. rounds.Select(r => r.Theirs.Bytes)], "0"),
        ];
    }

    private static (double Ns, double Bytes) Measure(IProgress<ProgressUpdate> progress, int reports)
    {
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.GetTimestamp();
        for (var i = 0; i < reports; i++)
            progress.Report(new ProgressUpdate(i, reports, "Working"));
        var elapsed = Stopwatch.GetElapsedTime(watch);
        return (elapsed.TotalNanoseconds / reports,
            (GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)reports);
    }
}
