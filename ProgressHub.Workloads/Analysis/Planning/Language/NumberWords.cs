using System.Collections.Frozen;
using System.Globalization;

namespace ProgressHub.Workloads.Analysis.Planning.Language;

/// <summary>Numbers in words and figures.</summary>
internal static class NumberWords
{
    private static readonly FrozenDictionary<string, double> Cardinals = Of(
        "zero two three four five six seven eight nine ten eleven twelve", [0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12])
        .Concat(Of("fifteen twenty thirty forty fifty sixty hundred thousand million billion dozen", [15, 20, 30, 40, 50, 60, 100, 1e3, 1e6, 1e9, 12]))
        .ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, double> Ordinals = Of(
        "first second third fourth fifth sixth seventh eighth ninth tenth", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>A number in figures or one word; null where it is none.</summary>
    public static double? Count(Word word) => word.Number ?? (word.Kind == WordKind.Word && Cardinals.TryGetValue(word.Raw.ToLowerInvariant(), out var n) ? n : null);

    /// <summary>What a word multiplies a number before it by: 2 million.</summary>
    public static double? Scale(Word word) => word.Stem switch { "hundred" => 100, "thousand" => 1e3, "million" => 1e6, "billion" => 1e9, _ => null };

    /// <summary>A place in an order, such as second or 2nd; null where it is none.</summary>
    public static int? Ordinal(Word word)
    {
        var raw = word.Raw.ToLowerInvariant();
        if (Ordinals.TryGetValue(raw, out var n))
            return (int)n;
        return raw.Length > 2 && raw[^2..] is "st" or "nd" or "rd" or "th"
            && int.TryParse(raw[..^2], NumberStyles.None, CultureInfo.InvariantCulture, out var figure) ? figure : null;
    }

    private static IEnumerable<KeyValuePair<string, double>> Of(string words, double[] numbers) =>
        words.Split(' ').Zip(numbers, (w, n) => KeyValuePair.Create(w, n));
}
