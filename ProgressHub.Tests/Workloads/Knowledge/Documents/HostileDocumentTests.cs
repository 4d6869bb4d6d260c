using System.Text;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Workloads.Knowledge.Documents;

/// <summary>Files that were made to exhaust whoever reads them, through the worker, as a job meets them.</summary>
public sealed class HostileDocumentTests : IAsyncDisposable
{
    // Reading is what is tried here; megabytes of nonsense need not be understood as well.
    private readonly KnowledgeHost _host = KnowledgeHost.Start(
        ("Knowledge:ReadTimeout", "00:00:05"), ("Knowledge:DefaultEmbedding", "hashed"));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task One_that_can_not_be_read_in_time_or_memory_fails_alone()
    {
        var collection = await _host.CreateAsync();
        using var context = new FakeWorkloadContext(new { collection, files = new[] { "deep", "wide", "good" } });
        context.Upload("deep", "deep.html", "text/html", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<div>", 400_000))));
        context.Upload("wide", "wide.md", "text/markdown", Encoding.UTF8.GetBytes(Table(columns: 500, rows: 4_000)));
        context.Upload("good", "good.pdf", "application/pdf", Written.Pdf([(50, 700, "Seals sleep on the rock.")]));

        var outcome = await _host.Ingest.RunAsync(context).Soon();

        // The table is beyond what a parser is given, and is read as the text it is.
        Assert.Equal(1, outcome.FailedItems);
        Assert.All(
            context.Partials.Where(p => !p.Ok).Select(p => p.Data!.Value.Text("code")),
            code => Assert.Contains(code, new[] { "document_timeout", "document_too_complex", "invalid_html", "invalid_markdown" }));
        var hit = (await _host.Library.SearchAsync(KnowledgeHost.Owner, collection, "seals rock", 1, default))!.Single();
        Assert.Equal(("good.pdf", 1), (hit.Passage.DocumentId, hit.Passage.Page));
    }

    [Fact]
    public async Task Markdown_that_was_made_to_exhaust_a_parser_is_read_as_the_text_it_is_or_fails_alone()
    {
        (string Name, string Text)[] files =
        [
            ("images", Many("![a](", 40_000)),
            ("quotes", Many("> ", 20_000) + "a"),
            ("lists", string.Concat(Enumerable.Range(0, 700).Select(i => Many("  ", i) + "- a\n"))),
            ("brackets", Many("[", 1 << 20) + "a"),
            ("emphasis", Many("*a_", 300_000)),
            ("backticks", Many("`", 1 << 20) + "a"),
            ("table", Table(columns: 1000, rows: 1) + Many("|b\n", 1000)),
            ("good", "# Seals\n\nThey sleep on the rock.\n"),
        ];
        var collection = await _host.CreateAsync();
        using var context = new FakeWorkloadContext(new { collection, files = files.Select(f => f.Name).ToArray() });
        foreach (var (name, text) in files)
            context.Upload(name, $"{name}.md", "text/markdown", Encoding.UTF8.GetBytes(text));

        await _host.Ingest.RunAsync(context).WaitAsync(Patience.Limit);

        Assert.All(
            context.Partials.Where(p => !p.Ok).Select(p => p.Data!.Value.Text("code")),
            code => Assert.Contains(code, new[] { "document_timeout", "document_too_complex", "invalid_markdown", "invalid_html" }));
        var hit = (await _host.Library.SearchAsync(KnowledgeHost.Owner, collection, "seals rock", 1, default))!.Single();
        Assert.Equal("good.md", hit.Passage.DocumentId);
    }

    private static string Many(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();

    private static string Table(int columns, int rows)
    {
        var row = $"|{string.Concat(Enumerable.Repeat("a|", columns))}\n";
        return $"{row}|{string.Concat(Enumerable.Repeat("-|", columns))}\n{string.Concat(Enumerable.Repeat(row, rows))}";
    }
}
