using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Workloads.Analysis.Planning.Language;

/// <summary>Cuts texts into words; a table's names and values in the same way as questions about them.</summary>
internal static partial class QuestionWords
{
    /// <summary>The words of a text.</summary>
    public static IReadOnlyList<Word> Words(string text) =>
        [.. Pattern().Matches(Contractions(CjkText.Sound(text).Normalize(NormalizationForm.FormKC))).SelectMany(Read)];

    /// <summary>The parts of a column's name, as stems: cut at signs, digits and capitals within it.</summary>
    public static IReadOnlyList<string> NameParts(string name) =>
        [.. NamePart().Matches(CjkText.Sound(Joined(name)).Normalize(NormalizationForm.FormKC)).SelectMany(m => English(m.Value)).Select(Stemmer.Stem)];

    // What is short for several words, and Chinese.
    private static string[] English(string part) =>
        (ChineseScript.IsIn(part) ? ChineseNouns.Whole(part) : Abbreviations.GetValueOrDefault(part.ToLowerInvariant()))?.Split(' ') ?? [part];

    // Units of several words are one.
    private static string Joined(string text) => KmPerHour().Replace(SquareFoot().Replace(SquareMetre().Replace(text, "sqm"), "sqft"), "kmh");

    // How statistics of matches name their columns.
    private static readonly Dictionary<string, string> Abbreviations = new(StringComparer.Ordinal)
    {
        ["fthg"] = "home goals", ["ftag"] = "away goals", ["ftr"] = "result", ["hthg"] = "halftime home goals", ["htag"] = "halftime away goals", ["htr"] = "halftime result",
    };

    private static string Contractions(string text)
    {
        text = text.Replace('\u2019', '\'').Replace('\u2212', '-');
        text = Cannot().Replace(text, "$1 not");
        text = Not().Replace(text, "$1 not");
        text = Bare().Replace(text, "$1 not");
        text = Is().Replace(text, "$1 is");
        text = Auxiliary().Replace(text, "$1");
        text = Joined(text);
        text = NumberOf().Replace(text, "number of");
        return Possessive().Replace(text, "");
    }

    private static IEnumerable<Word> Read(Match match)
    {
        var text = match.Value;
        if (text[0] is '"' or '\'' or '“' or '「')
            return [new Word(WordKind.Quoted, text[1..^1], text[1..^1].ToLowerInvariant())];
        if (match.Groups["date"].Success)
            return [new Word(WordKind.Date, text, text)];
        if (match.Groups["number"].Success)
            return [Number(match)];
        if (text is "," or ";" or ":")
            return [new Word(WordKind.Comma, text, text)];
        if (text is "?" or "!" or "." or "…")
            return [new Word(WordKind.Stop, text, text)];
        if (!char.IsLetterOrDigit(text[0]) && text[0] != '_')
            return [new Word(WordKind.Sign, text, text)];
        // A 3-bed flat, 5-star hotels.
        if (Compound().Match(text) is { Success: true } compound)
            return [new Word(WordKind.Number, compound.Groups[1].Value, compound.Groups[1].Value) { Number = double.Parse(compound.Groups[1].Value, CultureInfo.InvariantCulture) }, new Word(WordKind.Word, compound.Groups[2].Value, Stemmer.Stem(compound.Groups[2].Value))];
        if (text.Any(char.IsAsciiDigit))
            return [new Word(WordKind.Code, text, Stemmer.Stem(text))];
        // Check-ups: a word of three letters has its plural only here.
        return text.Split(['-', '/'], StringSplitOptions.RemoveEmptyEntries).Select((t, i) => new Word(WordKind.Word, t, i > 0 && t.Length == 3 && t.EndsWith('s') && !t.EndsWith("ss", StringComparison.Ordinal) ? t[..2].ToLowerInvariant() : Stemmer.Stem(t)));
    }

    private static Word Number(Match match)
    {
        var digits = match.Groups["number"].Value.Replace(",", "", StringComparison.Ordinal);
        var scale = match.Groups["scale"].Value.ToLowerInvariant() switch { "k" => 1e3, "m" => 1e6, "bn" => 1e9, _ => 1 };
        var number = double.Parse(digits, CultureInfo.InvariantCulture) * scale;

        // Hundreds of digits: no number that a table could hold, and none that a query could be written with.
        if (!double.IsFinite(number))
            return new Word(WordKind.Code, match.Value, match.Value);
        return new Word(WordKind.Number, match.Value.TrimEnd('%', ' '), digits) { Number = number, IsPercent = match.Value.EndsWith('%') };
    }

    [GeneratedRegex(
        """
        "[^"]+"|“[^”]+”|「[^」]+」|(?<!\w)'[^']+'(?!\w)
        |(?<date>(?<![\w.-])(?:\d{4}-\d{1,2}(?:-\d{1,2})?|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2}/\d{1,2}/\d{4})(?![\w-]))
        |(?<number>(?<![\w.])(?<!\w\s?)-\d[\d,]*(?:\.\d+)?|(?<![\w])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?<scale>k|m|bn)?(?:\s?%)?(?![\p{L}\p{N}_]|[-.]\p{L})
        |[<>!=]=|[<>=≥≤≠*/+×÷()$€£¥%-]
        |[\p{L}\p{N}_](?:[\p{L}\p{M}\p{N}_'&.@/-]*[\p{L}\p{M}\p{N}_])?
        |[,;:?!.…]
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.IgnoreCase)]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^(\d{1,3})-(\p{Ll}{3,})$")]
    private static partial Regex Compound();

    [GeneratedRegex(@"\b(ca)n't\b|\bcannot\b", RegexOptions.IgnoreCase)]
    private static partial Regex Cannot();

    [GeneratedRegex(@"\b(\w+?)n't\b", RegexOptions.IgnoreCase)]
    private static partial Regex Not();

    [GeneratedRegex(@"\b(do|did|does|is|are|was|were|have|has|had|could|would|should)nt\b", RegexOptions.IgnoreCase)]
    private static partial Regex Bare();

    [GeneratedRegex(@"\b(what|who|how|where|when|that|it|there|here)'s\b", RegexOptions.IgnoreCase)]
    private static partial Regex Is();

    [GeneratedRegex(@"\b(i|we|you|they|he|she|who)'(?:d|ve|ll|re|m)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Auxiliary();

    [GeneratedRegex(@"(?<!\w)(?:(?:no|nr|num)\.|#)\s+of\b", RegexOptions.IgnoreCase)]
    private static partial Regex NumberOf();

    [GeneratedRegex(@"\bsquare met(?:re|er)s?\b|\bm²", RegexOptions.IgnoreCase)]
    private static partial Regex SquareMetre();

    [GeneratedRegex(@"\bsquare f(?:oo|ee)t\b|\bsq\.?[ _]?f(?:ee)?t\b", RegexOptions.IgnoreCase)]
    private static partial Regex SquareFoot();

    [GeneratedRegex(@"\bkm/h\b", RegexOptions.IgnoreCase)]
    private static partial Regex KmPerHour();

    [GeneratedRegex(@"(?<=\p{L})'s\b")]
    private static partial Regex Possessive();

    [GeneratedRegex(@"\p{Lu}+(?![\p{Ll}])|\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+|\p{N}+|\p{Lt}|\p{Lm}")]
    private static partial Regex NamePart();
}
