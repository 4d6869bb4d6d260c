using ProgressHub.Core.Progress;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Knowledge.Ingest;

namespace ProgressHub.Tests.Workloads.FirstRuns;

/// <summary>First ingests of a large text, on machines whose processor and disk are of several speeds: bar and estimate come true.</summary>
public sealed class IngestTruthTests
{
    private const int CharactersOfAPassage = 800;

    // Milliseconds a passage on the machine that the forecast's figures come from.
    // Two minutes of hashed vectors are more text than a server takes as it comes; of less the first few seconds are not told so well.
    private static readonly Cost Hashed = new("hashed-2", Embed: 0.1, Passages: 400_000);
    private static readonly Cost Meaning = new("minilm-1", Embed: 40, Passages: 3_000);

    [Theory]
    [InlineData(0.5, 1), InlineData(1, 1), InlineData(2, 1), InlineData(3, 1), InlineData(1, 0.3), InlineData(1, 3), InlineData(3, 0.3), InlineData(0.5, 1.5)]
    public async Task Meaning_by_the_bundled_model(double slowProcessor, double slowDisk) =>
        await PlayAsync(Meaning, slowProcessor, slowDisk, load: 4 * slowProcessor);

    [Theory]
    [InlineData(0.5, 1), InlineData(1, 1), InlineData(2, 1), InlineData(3, 1), InlineData(1, 0.3), InlineData(1, 3), InlineData(3, 0.3), InlineData(0.5, 1.5)]
    public async Task Hashed_vectors(double slowProcessor, double slowDisk) =>
        await PlayAsync(Hashed, slowProcessor, slowDisk, load: 0);

    [Theory]
    [InlineData(0.75), InlineData(1.5)]
    public async Task Vectors_that_take_longer_beside_the_words_than_was_expected(double embed) =>
        await PlayAsync(Hashed with { Embed = Hashed.Embed * embed, Passages = (int)(Hashed.Passages / embed) }, 1, 1, load: 0);

    private static async Task PlayAsync(Cost cost, double slowProcessor, double slowDisk, double load)
    {
        using var run = await FirstRun.StartAsync(IngestWorkload.PlanFor(cost.Embedder));
        var forecast = new IngestForecast(run, files: 1, cost.Embedder);
        var bytes = (long)cost.Passages * CharactersOfAPassage;
        run.Begin("reading");
        run.Report(new ProgressUpdate(0, 1) { Fraction = 0 });
        forecast.Add("book.txt", bytes);
        run.Work(0.6 * slowProcessor);
        run.Work(bytes * ((1e-8 * slowDisk) + (2e-8 * slowProcessor)), share => run.Report(new ProgressUpdate(0, 1) { Fraction = share }));

        run.Begin("chunking");
        run.Work(cost.Passages * 2e-5 * slowProcessor, share => run.Report(new ProgressUpdate(0, 1) { Fraction = share }));

        run.Begin("embedding");
        run.SetInputSize(cost.Passages);
        forecast.Count(cost.Passages, cost.Passages);
        Report(0, 0);
        run.Work(load);
        run.Work(cost.Passages * cost.Embed / 1000 * slowProcessor, share =>
        {
            forecast.Index(Cost.Index / cost.Embed, tries: 1 + (int)(10 * share));
            Report(share, 0);
        });

        // Most of it is the processor's: the disk takes what is written in one go.
        run.Work(cost.Passages * Cost.Store / 1000 * ((0.8 * slowProcessor) + (0.2 * slowDisk)), share => Report(1, share));

        run.Begin("indexing");
        run.Report(new ProgressUpdate(0, cost.Passages));
        run.Work(cost.Passages * Cost.Index / 1000 * slowProcessor, share => run.Report(new ProgressUpdate(share * cost.Passages, cost.Passages)));

        run.AssertTruth();

        void Report(double embedded, double written) => run.Report(
            new ProgressUpdate(embedded * cost.Passages, cost.Passages) { Fraction = forecast.ShareOf(embedded * cost.Passages, written * cost.Passages) });
    }

    private sealed record Cost(string Embedder, double Embed, int Passages)
    {
        public const double Store = 0.05;
        public const double Index = 0.06;
    }
}
