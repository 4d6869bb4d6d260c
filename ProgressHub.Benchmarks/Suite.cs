using ProgressHub.Benchmarks.Estimates;
using ProgressHub.Benchmarks.FirstRun;
using ProgressHub.Benchmarks.InProcess;
using ProgressHub.Benchmarks.Meaning;
using ProgressHub.Benchmarks.Nodes;
using ProgressHub.Benchmarks.OverTheWire;
using ProgressHub.Benchmarks.Pages;

namespace ProgressHub.Benchmarks;

/// <summary>All benchmarks, each with the peers it is measured against in the same run.</summary>
internal static class Suite
{
    public static IReadOnlyList<(string Name, Func<Task<IEnumerable<Result>>> Run)> All { get; } =
    [
        ("eta", EtaBenchmark.RunAsync),
        ("firstrun-translation", FirstRunBenchmark.TranslateAsync),
        ("firstrun-transcription", FirstRunBenchmark.TranscribeAsync),
        ("firstrun-ingest-text", () => FirstRunBenchmark.IngestAsync("a text", files: 1, characters: 2_000_000)),
        ("firstrun-ingest-html", () => FirstRunBenchmark.IngestAsync("30 pages of HTML", files: 30, characters: 66_000)),
        ("firstrun-ingest-hashed", () => FirstRunBenchmark.IngestAsync("a text, hashed", files: 1, characters: 30_000_000, "hashed")),
        ("firstrun-analysis", FirstRunBenchmark.AnalyzeAsync),
        ("firstrun-ask", () => FirstRunBenchmark.AskAsync("an answer of usual length", characters: 1000)),
        ("firstrun-ask-short", () => FirstRunBenchmark.AskAsync("an answer half as long", characters: 500)),
        ("firstrun-ask-long", () => FirstRunBenchmark.AskAsync("an answer twice as long", characters: 2000)),
        ("report", ReportBenchmark.RunAsync),
        ("append", AppendBenchmark.RunAsync),
        ("jobs", EmptyJobBenchmark.RunAsync),
        ("growth-jobs", JobGrowthBenchmark.RunAsync),
        ("usage", UsageBenchmark.RunAsync),
        ("stored-100k", () => StoredJobsBenchmark.RunAsync(100_000)),
        ("stored-1m", () => StoredJobsBenchmark.RunAsync(1_000_000)),
        ("replay", () => ReplayBenchmark.RunAsync(200_000)),
        ("meaning", MeaningBenchmark.RunAsync),
        ("embedding", EmbeddingBenchmark.RunAsync),
        ("vectors", VectorBenchmark.RunAsync),
        ("tables-100mb", () => TablesBenchmark.RunAsync(100_000_000, rounds: 3, "≤ 2 s")),
        ("tables-1gb", () => TablesBenchmark.RunAsync(1_000_000_000, rounds: 1, "≤ 20 s")),
        ("sse-burst", () => FanOutBenchmark.RunAsync(FanOut.SseBursts)),
        ("sse-single", () => FanOutBenchmark.RunAsync(FanOut.SseOneAtATime)),
        ("sse-single-bare", () => FanOutBenchmark.RunAsync(FanOut.SseOneAtATimeOfBareLoop)),
        ("sse-single-served", () => FanOutBenchmark.RunAsync(FanOut.SseOneAtATimeServed)),
        ("nchan-burst", () => FanOutBenchmark.RunAsync(FanOut.SseBurstsOfNchan)),
        ("nchan-single", () => FanOutBenchmark.RunAsync(FanOut.SseOneAtATimeOfNchan)),
        ("nchan-latency", LatencyBenchmark.RunAsync),
        ("first-event", FirstEventBenchmark.RunAsync),
        ("signalr", () => FanOutBenchmark.RunAsync(FanOut.SignalR)),
        ("stalled", StalledBenchmark.RunAsync),
        ("pulse", PulseBenchmark.RunAsync),
        ("idle-memory", IdleMemoryBenchmark.RunAsync),
        ("reconnects", ReconnectBenchmark.RunAsync),
        ("growth-watchers", WatcherGrowthBenchmark.RunAsync),
        ("circuits", CircuitBenchmark.RunAsync),
        ("cluster", NodesBenchmark.RunAsync),
    ];
}
