using ProgressHub.Benchmarks.Estimates;
using ProgressHub.Benchmarks.InProcess;
using ProgressHub.Benchmarks.OverTheWire;

namespace ProgressHub.Benchmarks;

/// <summary>All benchmarks, each with the peers it is measured against in the same run.</summary>
internal static class Suite
{
    public static IReadOnlyList<(string Name, Func<Task<IEnumerable<Result>>> Run)> All { get; } =
    [
        ("eta", EtaBenchmark.RunAsync),
        ("report", ReportBenchmark.RunAsync),
        ("append", AppendBenchmark.RunAsync),
        ("jobs", EmptyJobBenchmark.RunAsync),
        ("vectors", VectorBenchmark.RunAsync),
        ("sse-burst", () => FanOutBenchmark.RunAsync(FanOut.SseBursts)),
        ("sse-single", () => FanOutBenchmark.RunAsync(FanOut.SseOneAtATime)),
        ("nchan-burst", () => FanOutBenchmark.RunAsync(FanOut.SseBurstsOfNchan)),
        ("nchan-single", () => FanOutBenchmark.RunAsync(FanOut.SseOneAtATimeOfNchan)),
        ("signalr", () => FanOutBenchmark.RunAsync(FanOut.SignalR)),
        ("stalled", StalledBenchmark.RunAsync),
        ("pulse", PulseBenchmark.RunAsync),
        ("idle-memory", IdleMemoryBenchmark.RunAsync),
    ];
}
