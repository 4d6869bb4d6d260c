using System.Text.Json;
using ProgressHub.Core.Events;

namespace ProgressHub.Web.Components.Watching;

/// <summary>A word of a segment and when it is said, in seconds.</summary>
/// <param name="Text">The word.</param>
/// <param name="Gap">What stands before it: a space, or nothing where the writing has none.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct PlayedWord(string Text, string Gap, double Start, double End)
{
    /// <summary>Those of a piece; none where it does not tell them, or not only words with times.</summary>
    public static IReadOnlyList<PlayedWord> AllOf(PartialEvent piece)
    {
        if (piece is not { Data: { ValueKind: JsonValueKind.Object } data }
            || !data.TryGetProperty("words", out var words) || words.ValueKind != JsonValueKind.Array)
            return [];
        List<PlayedWord> read = [];
        var (said, at) = (piece.Text ?? "", 0);
        foreach (var word in words.EnumerateArray())
        {
            if (word.ValueKind != JsonValueKind.Object
                || !word.TryGetProperty("word", out var text) || text.ValueKind != JsonValueKind.String
                || !word.TryGetProperty("start", out var start) || !start.TryGetDouble(out var from)
                || !word.TryGetProperty("end", out var end) || !end.TryGetDouble(out var to))
                return [];
            var found = said.IndexOf(text.GetString()!, at, StringComparison.Ordinal);
            var gap = found < 0 ? " " : said[at..found];
            at = found < 0 ? at : found + text.GetString()!.Length;
            read.Add(new PlayedWord(text.GetString()!, gap, from, to));
        }

        return read;
    }
}
