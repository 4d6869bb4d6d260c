using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using ProgressHub.Workloads.Knowledge;
using ProgressHub.Workloads.Knowledge.Collections;
using ProgressHub.Workloads.Knowledge.Embedding;
using ProgressHub.Workloads.Knowledge.Retrieval;

namespace ProgressHub.Benchmarks.Meaning;

/// <summary>
/// What is found by hashed vectors, by MiniLM's and by both: questions in other words and in the documents' own, and
/// questions that nothing answers. And what it costs.
/// </summary>
internal static class MeaningBenchmark
{
    private const int Rounds = 3;

    public static async Task<IEnumerable<Result>> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("progresshub-meaning-").FullName;
        await using var services = Services(folder);
        try
        {
            var retriever = services.GetRequiredService<Retriever>();
            var (hashed, fused) = (services.GetRequiredService<HashedEmbedder>(), services.GetRequiredService<MiniLmEmbedder>());
            List<Cost> costs = [await Cost.OfAsync(hashed), await Cost.OfAsync(fused)];
            IEmbedder[] embedders = [hashed, new MeaningAlone(fused), fused];
            List<Figures[]> figures = [];
            foreach (var set in QuestionSet.All)
                figures.Add(await Task.WhenAll(embedders.Select(embedder => MeasureAsync(retriever, set, embedder))));
            Print(figures);
            return Results(figures, costs);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static ServiceProvider Services(string folder)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging();
        services.AddKnowledge().Configure<KnowledgeOptions>(options => options.Directory = folder);
        return services.BuildServiceProvider();
    }

    private static async Task<Figures> MeasureAsync(Retriever retriever, QuestionSet set, IEmbedder embedder)
    {
        var collection = new BundledCollection(new BundledSource(set.Name, set.Name, "") { Read = () => set.Documents }, embedder);
        return new Figures(
            set.Name,
            await Share.OfAsync(set.InOtherWords.Select(q => (q.Question, (string?)q.Document)), FirstAsync),
            await Share.OfAsync(set.InOwnWords.Select(q => (q.Question, (string?)q.Document)), FirstAsync),
            await Share.OfAsync(set.OffTopic.Select(q => (q, (string?)null)), FirstAsync));

        async Task<string?> FirstAsync(string question)
        {
            var found = await retriever.SearchAsync(
                collection, new SearchQuery(question, 5), static (_, _) => ValueTask.CompletedTask, CancellationToken.None);
            return found.Passages.Count > 0 ? found.Passages[0].Passage.DocumentId : null;
        }
    }

    private static void Print(List<Figures[]> figures)
    {
        Console.WriteLine("| collection | questions | words and hashed | words and MiniLM | all three |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var row in figures)
        {
            Line(row, "in other words: right first", f => f.InOtherWords);
            Line(row, "in its own words: right first", f => f.InOwnWords);
            Line(row, "off topic: nothing found", f => f.OffTopic);
        }

        Console.WriteLine();

        static void Line(Figures[] row, string what, Func<Figures, Share> share) => Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {row[0].Set} | {what} | {string.Join(" | ", row.Select(f => $"{share(f).Right} of {share(f).All}"))} |"));
    }

    private static IEnumerable<Result> Results(List<Figures[]> figures, List<Cost> costs)
    {
        (string Name, Func<Figures, Share> Share, string Target)[] kinds =
        [
            ("questions in other words", f => f.InOtherWords, "≥ 70 %"), ("questions in the document's own words", f => f.InOwnWords, "not worse"),
            ("off-topic questions with nothing found", f => f.OffTopic, "≥ 95 %"),
        ];
        foreach (var (name, share, target) in kinds)
        {
            double[] by = [.. Enumerable.Range(0, 3).Select(i => figures.Aggregate(default(Share), (sum, row) => sum + share(row[i])).Percent)];
            yield return new Result(name, "%", [by[2]], "words and hashed vectors", [by[0]], target, HigherIsBetter: true);
            yield return new Result(name, "%", [by[2]], "words and MiniLM by rank", [by[1]], target, HigherIsBetter: true);
        }

        yield return new Result("passages of 430 characters embedded", "passages/s", costs[1].PassagesPerSecond, "hashed vectors", costs[0].PassagesPerSecond, "", HigherIsBetter: true);
        yield return new Result("embedding a question", "ms", costs[1].QuestionMs, "hashed vectors", costs[0].QuestionMs, "");
        yield return new Result("first question, loading included", "ms", [costs[1].FirstMs], "hashed vectors", [costs[0].FirstMs], "");
        yield return new Result("resident memory while it is loaded", "MiB", [costs[1].MiB], "hashed vectors", [costs[0].MiB], "");
    }

    private sealed record Figures(string Set, Share InOtherWords, Share InOwnWords, Share OffTopic);

    private sealed record Cost(double FirstMs, double[] PassagesPerSecond, double[] QuestionMs, double MiB)
    {
        public static async Task<Cost> OfAsync(IEmbedder embedder)
        {
            var before = Environment.WorkingSet;
            var first = await TimeAsync(embedder, ["What is the first question?"]);
            string[] passages = [.. QuestionSet.All.SelectMany(set => set.Documents).Select(d => d.Title + "\n" + string.Join('\n', d.Sections.Select(s => s.Text)))];
            List<double> speed = [], question = [];
            for (var round = 0; round < Rounds; round++)
            {
                speed.Add(passages.Length / (await TimeAsync(embedder, passages) / 1000));
                question.Add(await TimeAsync(embedder, ["How much vacation do I get after a year?"]));
            }

            return new Cost(first, [.. speed], [.. question], (Environment.WorkingSet - before) / 1048576.0);
        }

        private static async Task<double> TimeAsync(IEmbedder embedder, string[] texts)
        {
            var begun = Stopwatch.GetTimestamp();
            foreach (var batch in texts.Chunk(embedder.BatchSize))
                await embedder.EmbedAsync(batch, null, CancellationToken.None);
            return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        }
    }

    /// <summary>MiniLM's part of the vectors, without the hashed one and without the second look.</summary>
    private sealed class MeaningAlone(MiniLmEmbedder both) : IEmbedder
    {
        public string Id => "minilm-alone";

        public int BatchSize => both.BatchSize;

        public IReadOnlyList<VectorPart> Parts => [both.Part];

        public Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, string? apiKey, CancellationToken cancellationToken) =>
            both.EmbedAsync(texts, apiKey, cancellationToken);
    }
}
