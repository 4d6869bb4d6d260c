using System.Text;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Workloads.Knowledge;

/// <summary>One file of a megabyte: each stage of taking it in says how far it is.</summary>
public sealed class IngestProgressTests : IAsyncLifetime
{
    private readonly KnowledgeHost _host = KnowledgeHost.Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("book.txt"), InlineData("book.html"), InlineData("book.md")]
    public async Task Each_stage_of_a_single_file_tells_how_far_it_is(string name)
    {
        var collection = (await _host.Library.CreateAsync(KnowledgeHost.Owner, "Papers", null, "hashed", CancellationToken.None)).Id;
        using var context = new FakeWorkloadContext(new { collection, files = new[] { "f1" } });
        var text = LongTexts.Prose(1_000_000);
        context.Upload("f1", name, "text/plain", Encoding.UTF8.GetBytes(
            name.EndsWith(".html", StringComparison.Ordinal) ? $"<p>{text.Replace("\n\n", "</p><p>", StringComparison.Ordinal)}</p>" : text));

        await KnowledgeHost.RunAsync(_host.Ingest, context);

        var byStage = SharesByStage(context.Record);
        Assert.Equal(["reading", "chunking", "embedding", "indexing"], byStage.Keys);
        Assert.All(byStage, stage =>
        {
            Assert.Equal(stage.Value.Order(), stage.Value);
            Assert.Equal((0, 1), (Math.Floor(stage.Value[0]), Math.Round(stage.Value[^1], 6)));
        });
        Assert.True(byStage["reading"].Count >= 10, $"reading: {byStage["reading"].Count} reports");
        Assert.True(byStage["chunking"].Count >= 100, $"chunking: {byStage["chunking"].Count} reports");

        // Each batch of vectors, and then each part of what is written.
        Assert.True(byStage["embedding"].Count >= 20, $"embedding: {byStage["embedding"].Count} reports");
        Assert.True(byStage["indexing"].Count >= 3, $"indexing: {byStage["indexing"].Count} reports");
    }

    private static Dictionary<string, List<double>> SharesByStage(JobRecord record)
    {
        var (shares, stage) = (new Dictionary<string, List<double>>(), "");
        foreach (var told in record.Events)
        {
            if (told is RecordedStage begun)
                stage = begun.Name;
            else if (told is RecordedProgress { Update: { StageFraction: { } share, Unit: not "bytes" } })
                (shares.TryGetValue(stage, out var all) ? all : shares[stage] = []).Add(share);
        }

        return shares;
    }
}
