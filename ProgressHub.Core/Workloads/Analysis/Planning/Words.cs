using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ProgressHub.Core.Workloads.Analysis.Planning;

/// <summary>What a word of a question is.</summary>
internal enum WordKind
{
    /// <summary>A word.</summary>
    Word,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A day or a month, such as 2024-03-01.</summary>
    Date,

    /// <summary>A comparison sign.</summary>
    Sign,

    /// <summary>Something in quotes.</summary>
    Quoted,
}

/// <summary>A word of a question.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Raw">As it was written, without quotes.</param>
/// <param name="Stem">In lower case and singular: what words are compared by.</param>
internal sealed record Word(WordKind Kind, string Raw, string Stem)
{
    /// <summary>Its value, where it is a number.</summary>
    public double? Number => Kind == WordKind.Number && double.TryParse(
        Raw.Replace(",", "", StringComparison.Ordinal).TrimEnd('%'), CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>The year it says; null where it is none.</summary>
    public int? Year => Raw.Length == 4 && Number is >= 1800 and <= 2200 ? (int)Number : null;
}

/// <summary>Cuts questions into words.</summary>
internal static partial class Words
{
    public static IReadOnlyList<Word> Of(string question)
    {
        var text = Vocabulary.ToEnglish(question.Normalize(NormalizationForm.FormKC));
        return [.. Pattern().Matches(text).Select(m => Read(m))];
    }

    /// <summary>A question as the cache compares it: case, marks and spaces do not count.</summary>
    public static string Normalize(string question) => string.Join(' ', Of(question).Select(w => w.Kind == WordKind.Quoted ? $"'{w.Raw}'" : w.Stem));

    /// <summary>The words of a column's name: cut at signs, digits and capitals within it.</summary>
    public static IReadOnlyList<string> OfName(string name) =>
        [.. NamePart().Matches(name.Normalize(NormalizationForm.FormKC)).Select(m => Stem(m.Value))];

    /// <summary>Lower case and singular, roughly.</summary>
    public static string Stem(string word)
    {
        var lower = word.ToLowerInvariant();
        return lower switch
        {
            { Length: < 4 } => lower,
            _ when lower.EndsWith("'s", StringComparison.Ordinal) => lower[..^2],
            _ when lower.EndsWith("ies", StringComparison.Ordinal) && lower.Length > 4 => $"{lower[..^3]}y",
            _ when EndsWithAny(lower, "sses", "xes", "ches", "shes", "zes") => lower[..^2],
            _ when EndsWithAny(lower, "ss", "us", "is") => lower,
            _ when lower.EndsWith('s') && lower is not ("sales" or "less" or "always") => lower[..^1],
            "sales" => "sale",
            _ => lower,
        };
    }

    private static bool EndsWithAny(string word, params ReadOnlySpan<string> ends)
    {
        foreach (var end in ends)
        {
            if (word.EndsWith(end, StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static Word Read(Match match)
    {
        var text = match.Value;
        return text[0] switch
        {
            '"' or '\'' or '“' or '「' => new Word(WordKind.Quoted, text[1..^1], text[1..^1].ToLowerInvariant()),
            '<' or '>' or '=' or '!' => new Word(WordKind.Sign, text, text),
            _ when char.IsAsciiDigit(text[0]) && text.Length > 4 && text[4] == '-' => new Word(WordKind.Date, text, text),
            _ when char.IsAsciiDigit(text[0]) && !text.Any(char.IsLetter) => new Word(WordKind.Number, text, text.Replace(",", "", StringComparison.Ordinal)),
            _ => new Word(WordKind.Word, text, Stem(text)),
        };
    }

    [GeneratedRegex("""
        "[^"]+"|“[^”]+”|「[^」]+」|(?<!\w)'[^']+'(?!\w)|\d{4}-\d{2}(?:-\d{2})?|-?\d[\d,]*(?:\.\d+)?%?(?![\w])|[<>=!]=?|[\p{L}\p{N}_][\p{L}\p{M}\p{N}_'&.-]*[\p{L}\p{M}\p{N}_]|[\p{L}\p{N}]
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"\p{Lu}+(?![\p{Ll}])|\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+|\p{N}+|\p{Lt}|\p{Lm}")]
    private static partial Regex NamePart();
}
