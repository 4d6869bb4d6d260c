using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Translation.Engines;

namespace ProgressHub.Tests.Workloads.Translation;

/// <summary>The real Apertium with its English-Spanish pair (apt-get install apertium apertium-eng-spa).</summary>
public sealed class ApertiumTests
{
    [Fact]
    public async Task A_markdown_document_is_translated_and_keeps_its_structure()
    {
        await using var host = new TranslationHost();
        const string text =
            """
            # The red house

            - The **old** keeper saw {name} near [the river](https://example.org/r "t").
            - `code` stays

            ```
            The code stays
            ```

            | The dog | The cat |
            |---------|---------|
            | The big boat | %s books |

            """;
        using var context = new FakeWorkloadContext(new { text, format = "markdown", targetLanguage = "es", sourceLanguage = "en-GB", engine = "apertium" });

        var result = await host.RunAsync(context);

        Assert.Contains("# La casa roja\n", result, StringComparison.Ordinal);
        Assert.Contains("](https://example.org/r \"t\").\n", result, StringComparison.Ordinal);
        Assert.Contains("{name}", result, StringComparison.Ordinal);
        Assert.Contains("```\nThe code stays\n```\n", result, StringComparison.Ordinal);
        Assert.Contains("| El perro | El gato |\n|---------|---------|\n| El bote grande | %s libros |\n", result, StringComparison.Ordinal);
        Assert.Equal(text.Count(c => c == '\n'), result.Count(c => c == '\n'));
    }

    [Fact]
    public async Task Five_hundred_cues_keep_their_numbers_and_times()
    {
        await using var host = new TranslationHost();
        var text = LongTexts.Subtitles(500);
        using var context = new FakeWorkloadContext(new { text, format = "srt", targetLanguage = "es", engine = "apertium", batchCharacters = 8000 });

        var result = await host.RunAsync(context);

        static string[] Frame(string srt) =>
            [.. srt.Split('\n').Where((line, i) => line.Length == 0 || char.IsAsciiDigit(line[0]))];
        Assert.Equal(Frame(text), Frame(result));
        Assert.Equal(text.Count(c => c == '\n'), result.Count(c => c == '\n'));
        Assert.Contains("La cabra recordó", result, StringComparison.Ordinal);
        Assert.All(context.Partials, p => Assert.True(p.Ok, p.Error));
    }

    [Fact]
    public async Task The_separator_survives_every_nasty_segment()
    {
        await using var host = new TranslationHost();
        var engine = host.Get<IEnumerable<ITranslator>>().Single(e => e.Id == "apertium");
        for (var seed = 0; seed < 3; seed++)
        {
            var segments = Cut.Segments(NastyText.Make(seed, 3000), "markdown").ToList();

            var answers = await engine.TranslateAsync(segments, new TranslationOrder("en", "es", null, null), null, CancellationToken.None);

            Assert.Equal(segments.Count, answers.Count);
        }
    }

    [Theory]
    [InlineData("en", "de")]
    [InlineData("fr", "es")]
    [InlineData(null, "zh-TW")]
    public async Task A_pair_that_is_not_installed_is_refused_with_those_that_are(string? from, string to)
    {
        await using var host = new TranslationHost();

        var exception = await Assert.ThrowsAsync<WorkloadException>(() => host.PlanAsync(
            new { text = "Hello", sourceLanguage = from, targetLanguage = to, engine = "apertium" }).AsTask());

        Assert.Equal("unsupported_language", exception.Code);
        Assert.Contains("en-es", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", "es", "eng-spa")]
    [InlineData("eng", "spa", "eng-spa")]
    [InlineData("en-US", "es_MX", "eng-spa")]
    [InlineData("ES", "EN", "spa-eng")]
    [InlineData("es", "en-US", "spa-eng_US")]
    [InlineData(null, "en", "spa-eng")]
    [InlineData("en", "en", null)]
    public void Codes_of_two_and_three_letters_find_the_same_direction(string? from, string to, string? mode)
    {
        ApertiumPair[] pairs = [new("eng-spa", "eng", "spa"), new("spa-eng", "spa", "eng"), new("spa-eng_US", "spa", "eng_US")];

        Assert.Equal(mode, ApertiumPairs.Find(pairs, from, to)?.Mode);
    }

    [Fact]
    public async Task Canceling_kills_the_whole_pipeline()
    {
        await using var host = new TranslationHost();
        using var context = new FakeWorkloadContext(new { text = LongTexts.Prose(1_500_000), targetLanguage = "es", engine = "apertium", batchCharacters = 20000 });
        var run = host.Workload.RunAsync(context);
        await Patience.UntilAsync(() => Descendants().Count > 8, "the pipeline is up");
        var started = Descendants();

        context.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.WaitAsync(Patience.Limit));
        Assert.DoesNotContain(started, IsAlive);
    }

    [Fact]
    public async Task A_program_that_ignores_a_polite_request_is_killed_with_its_children()
    {
        using var cancellation = new CancellationTokenSource();
        var marker = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var run = ChildProcess.RunAsync(
            "bash", ["-c", $"trap '' TERM; sleep 600 & echo $! > {marker}; wait; sleep 600"], "", 1000, TimeProvider.System, cancellation.Token);
        await Patience.UntilAsync(() => File.Exists(marker) && File.ReadAllText(marker).EndsWith('\n'), "the marker is written");
        var child = int.Parse(File.ReadAllText(marker), System.Globalization.CultureInfo.InvariantCulture);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        Assert.False(IsAlive(child));
        File.Delete(marker);
    }

    [Fact]
    public async Task A_missing_pair_is_told_by_what_the_program_says()
    {
        await using var host = new TranslationHost(("Translation:ApertiumCommand", "true"));

        var engines = await host.Workload.GetEnginesAsync(CancellationToken.None);

        Assert.False(engines.Single(e => e.Id == "apertium").Ready);
    }

    /// <summary>The programs that belong to a translation of this test's process, and of no other on the machine.</summary>
    private static List<int> Descendants()
    {
        var parents = Directory.GetDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0)
            .Where(id => id > 0 && Stat(id) is { } stat && !stat.StartsWith('Z'))
            .ToDictionary(id => id, id => int.Parse(Stat(id)?.Split(' ')[1] ?? "0", System.Globalization.CultureInfo.InvariantCulture));
        return [.. parents.Keys.Where(IsTranslator).Where(id =>
        {
            while (parents.TryGetValue(id, out var parent) && parent != Environment.ProcessId)
                id = parent;
            return parents.ContainsKey(id);
        })];
    }

    private static bool IsTranslator(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/comm").Trim() is "lt-proc" or "lrx-proc"
                || File.ReadAllText($"/proc/{id}/comm").StartsWith("apertium", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static bool IsAlive(int id) => Stat(id) is { } stat && !stat.StartsWith('Z');

    // From the state on; a zombie is dead, nobody has asked for its exit code yet.
    private static string? Stat(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Split(") ")[^1];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
