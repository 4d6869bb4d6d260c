using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Translation.Engines;
using ProgressHub.Workloads.Translation.Segmentation;

namespace ProgressHub.Tests.Workloads.Translation.Segmentation;

public sealed class RoundTripTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("markdown")]
    [InlineData("srt")]
    [InlineData("vtt")]
    [InlineData("json")]
    [InlineData("po")]
    public void An_engine_that_changes_nothing_gives_back_every_nasty_text_exactly(string format)
    {
        for (var seed = 0; seed < 1500; seed++)
        {
            var text = NastyText.Make(seed, 1 + (seed % 120));
            var translated = Cut.Translate(text, format, 50 + (seed * 7 % 400), segment => segment);

            Assert.True(text == translated, $"seed {seed}:\n{Show(text)}\nbecame\n{Show(translated)}");
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("markdown")]
    [InlineData("srt")]
    [InlineData("vtt")]
    [InlineData("json")]
    [InlineData("po")]
    public void Pseudo_localisation_breaks_no_nasty_text(string format)
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var text = NastyText.Make(seed, 100);

            // A broken mark fails within.
            var translated = Cut.Translate(text, format, 200, PseudoTranslator.Disguise);

            Assert.Equal(Lines(text), Lines(translated));
        }

        static int Lines(string text) => text.AsSpan().Count('\n');
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("markdown")]
    [InlineData("srt")]
    [InlineData("vtt")]
    [InlineData("json")]
    [InlineData("po")]
    public void Batches_follow_on_one_another_and_only_what_is_verbatim_or_fixed_exceeds_the_size(string format)
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var text = NastyText.Make(seed, 200);
            var batches = Cut.Batches(text, format, 80);

            Assert.Equal(text, string.Concat(batches.Select(b => b.Source(text))));
            Assert.Equal(Enumerable.Range(0, batches.Count), batches.Select(b => b.Index));
            Assert.All(batches, batch => Assert.True(
                batch.Span.Length <= 80 || batch.Pieces.Count == 1 && (!batch.Pieces[0].Translate || IsHeldTogether(text, batch.Pieces[0])),
                $"seed {seed}: {batch.Span} {batch.Pieces.Count}"));
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("markdown")]
    [InlineData("srt")]
    [InlineData("vtt")]
    [InlineData("json")]
    [InlineData("po")]
    public async Task A_large_text_that_looks_for_slow_code_does_not_find_it(string format)
    {
        string[] texts =
        [
            LongTexts.Prose(600_000),
            new('a', 300_000),
            "a" + new string(' ', 300_000) + "a",
            string.Concat(Enumerable.Repeat("{", 300_000)) + "a",
            string.Concat(Enumerable.Repeat("`a ", 20_000)),
            string.Concat(Enumerable.Repeat("a\n", 100_000)),
            string.Concat(Enumerable.Repeat("%", 300_000)) + "a",
            string.Concat(Enumerable.Repeat("é😀", 100_000)),
        ];
        foreach (var text in texts)
        {
            // Code whose time grows with the square of these texts would outlast anybody's patience.
            var batches = await Task.Run(() => Cut.Batches(text, format, 1200)).WaitAsync(Patience.Limit);

            Assert.Equal(text.Length, batches[^1].Span.End);
        }
    }

    private static bool IsHeldTogether(string text, Piece piece) =>
        ProtectedText.FixedOf(text, piece).Any(f => f.Span.Length > 40) || piece.Span.Length <= 200;

    private static string Show(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
