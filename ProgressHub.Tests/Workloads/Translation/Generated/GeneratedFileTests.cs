using System.Text.RegularExpressions;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Workloads.Translation.Generated;

/// <summary>
/// Over generated files of every format: what is not words comes back byte for byte, and every word goes to the engine.
/// <c>PROGRESSHUB_FUZZ</c> says how many files; a failure names its seed.
/// </summary>
public sealed partial class GeneratedFileTests
{
    private const int Usual = 150;

    [Theory]
    [InlineData("plain")]
    [InlineData("markdown")]
    [InlineData("srt")]
    [InlineData("vtt")]
    [InlineData("json")]
    [InlineData("po")]
    public void Whatever_is_not_words_comes_back_byte_for_byte(string format)
    {
        var count = Wanted.Generated ?? Usual;
        List<string> wrong = [];
        for (var seed = 0; seed < count && wrong.Count < 5; seed++)
        {
            var file = GeneratedFiles.Make(format, seed);
            var size = new Random(seed).Next(4) switch { 0 => 50, 1 => 200, _ => 2000 };

            var same = format == "po" ? file.Source : Cut.Translate(file.Source, format, size, static s => s);
            var marked = Cut.Translate(file.Source, format, size, Mark);

            if (same != file.Source)
                wrong.Add($"seed {seed}, unchanged words: {Difference(file.Source, same)}");
            if (marked != file.Expected)
                wrong.Add($"seed {seed}, size {size}: {Difference(file.Expected, marked)}");
        }

        Assert.True(wrong.Count == 0, string.Join("\n\n", wrong));
    }

    // What stands between marks is the engine's; a mark is not.
    private static string Mark(string segment) => Token().Replace(segment, static part => part.Value[0] == '⟦' ? part.Value : MarkedPen.Mark(part.Value));

    private static string Difference(string expected, string actual)
    {
        var at = 0;
        while (at < expected.Length && at < actual.Length && expected[at] == actual[at])
            at++;
        return $"at {at}\n  expected {Around(expected)}\n  but was  {Around(actual)}";

        string Around(string text)
        {
            var start = Math.Max(0, at - 60);
            return System.Text.Json.JsonSerializer.Serialize(text[Math.Min(start, text.Length)..Math.Min(text.Length, at + 60)]);
        }
    }

    [GeneratedRegex("⟦[0-9]{1,6}⟧|[^⟦]+")]
    private static partial Regex Token();
}
