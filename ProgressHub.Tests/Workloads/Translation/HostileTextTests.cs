using System.Text;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Workloads.Translation;

/// <summary>Texts that were made to exhaust whoever reads them, as a job meets them: a right result or a clear error.</summary>
public sealed class HostileTextTests : IAsyncDisposable
{
    private static readonly string[] Errors = ["text_timeout", "text_too_complex"];

    private readonly TranslationHost _host = new(FakeTranslator.Of(static s => s), ("Translation:CutTimeout", "00:00:06"));

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    public static TheoryData<string> Names => [.. Texts.Keys];

    private static Dictionary<string, string> Texts { get; } = new()
    {
        ["images"] = Many("![a](", 40_000),
        ["links"] = Many("[a](", 40_000),
        ["nested quotes"] = Many("> ", 20_000) + "a",
        ["quotes that deepen"] = string.Concat(Enumerable.Range(1, 1500).Select(i => Many(">", i % 300) + " a\n")),
        ["nested lists"] = string.Concat(Enumerable.Range(0, 700).Select(i => Many("  ", i) + "- a\n")),
        ["a mebibyte of brackets"] = Many("[", 1 << 20),
        ["a mebibyte of emphasis"] = Many("*a_", (1 << 20) / 3),
        ["a mebibyte of backticks"] = Many("`", 1 << 20),
        ["backticks of all lengths"] = string.Concat(Enumerable.Range(1, 1400).Select(i => Many("`", i) + " ")),
        ["definitions"] = string.Concat(Enumerable.Range(0, 80_000).Select(i => $"[a{i}]: b\n")),
        ["a table of a million cells"] = $"{Many("|a", 500)}|\n{Many("|-", 500)}|\n{Many(Many("|a", 500) + "|\n", 2000)}",
        ["a table of short rows"] = $"{Many("|a", 1000)}|\n{Many("|-", 1000)}|\n{Many("|b\n", 1000)}",
        ["a short text of many cells"] = $"{Many("|a", 1000)}|\n{Many("|-", 1000)}|\n{Many("|\n", 1000)}",
        ["lines"] = Many("a\n", 900_000),
        ["headings"] = Many("a\n=\n", 200_000),
        ["tags"] = Many("<a ", 300_000),
        ["messages"] = Many("{a, plural, other {", 30_000),
        ["containers"] = Many(":::a\n", 20_000),
        ["footnotes"] = Many("[^1]", 100_000),
    };

    [Theory, MemberData(nameof(Names))]
    public async Task A_text_made_to_exhaust_its_reader_comes_back_as_it_was_or_ends_in_a_clear_error(string name)
    {
        using var job = Job(Texts[name]);

        try
        {
            Assert.True(await _host.RunAsync(job).Soon() == Texts[name], "An engine that changes nothing changed it.");
        }
        catch (WorkloadException fault)
        {
            Assert.Contains(fault.Code, Errors);
            Assert.False(fault.IsTransient);
        }

        // The next job finds everything in order.
        using var next = Job("# A *title*\n\nAnd words.\n");
        Assert.Equal("# A *title*\n\nAnd words.\n", await _host.RunAsync(next).Soon());
    }

    [Fact]
    public async Task Two_mebibytes_of_ordinary_Markdown_are_cut_within_bounds()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "workloads.md"));
        var text = Many(page, (2 * 1024 * 1024) / Encoding.UTF8.GetByteCount(page));
        await using var host = new TranslationHost(FakeTranslator.Of(static s => s), ("Translation:CutTimeout", "00:01:00"));
        using var job = Job(text);

        Assert.True(await host.RunAsync(job).Soon() == text, "An engine that changes nothing changed it.");
    }

    [Fact]
    public async Task A_text_that_is_not_cut_in_time_ends_in_an_error_that_says_what_to_do()
    {
        await using var host = new TranslationHost(("Translation:CutTimeout", "00:00:00.1"));
        using var job = Job(Many(": a\n", 300_000));

        var fault = await Assert.ThrowsAsync<WorkloadException>(() => host.RunAsync(job)).WaitAsync(Patience.Limit);

        Assert.Equal("text_timeout", fault.Code);
        Assert.Contains("plain text", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Canceling_ends_the_cutting_of_a_long_text()
    {
        using var job = Job(Many("a\n: b\n", 300_000));
        var running = _host.RunAsync(job);

        job.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running).WaitAsync(Patience.Limit);
        Assert.Empty(job.Partials);
    }

    [Fact]
    public async Task What_is_done_of_a_long_text_is_put_together_with_the_rest_of_its_source()
    {
        var text = Many("Some words of a *paragraph*.\n\n", 400);
        using var job = Job(text, batchCharacters: 2000);
        var translated = await _host.RunAsync(job).Soon();
        var partials = new Dictionary<int, PartialResult> { [0] = new(0, job.Partials.Count) { Text = job.Partials.Single(p => p.Index == 0).Text!.ToUpperInvariant() } };

        var soFar = Encoding.UTF8.GetString(_host.Workload.Assemble(job.Input, partials)!.Body.Span);

        Assert.Equal(text, translated);
        Assert.StartsWith("SOME WORDS", soFar, StringComparison.Ordinal);
        Assert.Equal(text, soFar.Replace("SOME WORDS OF A *PARAGRAPH*.", "Some words of a *paragraph*.", StringComparison.Ordinal));
        Assert.EndsWith("Some words of a *paragraph*.\n\n", soFar, StringComparison.Ordinal);
    }

    private static FakeWorkloadContext Job(string text, int batchCharacters = 20_000) =>
        new(new { text, format = "markdown", targetLanguage = "es", batchCharacters });

    private static string Many(string text, int times) => new StringBuilder(text.Length * times).Insert(0, text, times).ToString();
}
