using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProgressHub.Workloads.Knowledge.Embedding;

namespace ProgressHub.Benchmarks.InProcess;

/// <summary>
/// How many passages a second MiniLM reads, those of real documents, which are of all lengths: given to it as an ingest gives
/// them, and many at a time, in turn. A batch is as wide as its longest passage, so that many that are sorted waste less.
/// </summary>
internal static class EmbeddingBenchmark
{
    private const int Rounds = 4;
    private const int Passages = 256;
    private const int ManyAtOnce = 64;

    public static async Task<IEnumerable<Result>> RunAsync()
    {
        using var model = new MiniLm(Options.Create(new MiniLmOptions()), TimeProvider.System, NullLogger<MiniLm>.Instance);
        var embedder = new MiniLmEmbedder(model);
        var texts = Texts();
        await embedder.EmbedAsync(texts[..ManyAtOnce], null, CancellationToken.None);
        List<double> ours = [], many = [];
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(await MeasureAsync(embedder.BatchSize));
            many.Add(await MeasureAsync(ManyAtOnce));
        }

        return [new Result("MiniLM, passages of all lengths a second", "passages/s", [.. ours], $"{ManyAtOnce} at once", [.. many], "", HigherIsBetter: true)];

        async Task<double> MeasureAsync(int atOnce)
        {
            var begun = Stopwatch.GetTimestamp();
            foreach (var some in texts.Chunk(atOnce))
                await embedder.EmbedAsync(some, null, CancellationToken.None);
            return texts.Length / Stopwatch.GetElapsedTime(begun).TotalSeconds;
        }
    }

    // Half of them full, as prose is cut; the others as short as sections, rows and items are.
    private static string[] Texts()
    {
        string[] words = ["the", "keeper", "lights", "a", "lamp", "before", "dawn", "and", "old", "boats", "return", "with", "tide", "harbour", "gulls", "winter"];
        var random = new Random(7);
        return [.. Enumerable.Range(0, Passages).Select(i => string.Join(' ', random.GetItems(words, i % 2 == 0 ? random.Next(130, 165) : random.Next(8, 130))))];
    }
}
