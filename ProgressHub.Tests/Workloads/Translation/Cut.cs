using System.Text;
using ProgressHub.Workloads.Translation;
using ProgressHub.Workloads.Translation.Protection;
using ProgressHub.Workloads.Translation.Segmentation;

namespace ProgressHub.Tests.Workloads.Translation;

/// <summary>Cutting and putting together, without an engine's process or network in between.</summary>
internal static class Cut
{
    public static IReadOnlyList<Batch> Batches(string text, string format, int limit) =>
        BatchPacker.Pack(text, Enum.Parse<TranslationFormat>(format, ignoreCase: true).Segment(text), limit);

    public static IReadOnlyList<string> Segments(string text, string format, int limit = 20_000) =>
        [.. Batches(text, format, limit).SelectMany(b => b.Pieces).Where(p => p.Translate).Select(p => MaskedSegment.Of(text, p).Text)];

    /// <summary>The text with each masked segment put through a function; a broken answer fails the test.</summary>
    public static string Translate(string text, string format, int limit, Func<string, string> engine)
    {
        var guard = FormatGuards.For(Enum.Parse<TranslationFormat>(format, ignoreCase: true));
        var result = new StringBuilder();
        foreach (var piece in Batches(text, format, limit).SelectMany(b => b.Pieces))
        {
            if (!piece.Translate)
            {
                result.Append(piece.Span.Of(text));
                continue;
            }

            var segment = MaskedSegment.Of(text, piece);
            var fault = segment.Restore(engine(segment.Text), guard, out var restored);
            Assert.True(fault is null, $"{fault} in {segment.Text}");
            result.Append(restored);
        }

        return result.ToString();
    }
}
