using System.Globalization;
using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.Knowledge.Ask;

/// <summary>
/// Makes an answer harmless to show as Markdown: nothing in it loads an image, leads anywhere or is HTML, whatever the
/// documents or the model wrote; and it cites nothing that was not found.
/// </summary>
internal static partial class AnswerSanitizer
{
    /// <summary>The text, harmless.</summary>
    /// <param name="text">Whole sentences or paragraphs of an answer.</param>
    /// <param name="citations">How many passages there are to cite.</param>
    public static string Clean(string text, int citations)
    {
        text = Comment().Replace(text, "");
        text = AutoLink().Replace(text, "$1");
        text = Tag().Replace(text, "");
        text = LooseTag().Replace(text, "< ");
        text = Link().Replace(text, "$1");
        // What is left of nested ones is torn apart, and so is what defines a link elsewhere.
        text = text.Replace("](", "] (", StringComparison.Ordinal).Replace("![", "[", StringComparison.Ordinal);
        text = Definition().Replace(text, "$1 :");
        text = Address().Replace(text, "`$0`");
        return Marks().Replace(text, match => Known(match, citations));
    }

    private static string Known(Match match, int citations) => string.Concat(match.Groups["n"].Value
        .Split([',', '，', '、'], StringSplitOptions.TrimEntries)
        .Where(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= citations)
        .Select(n => $"[{n}]"));

    // Each pattern is linear in the text: none nests a repetition in another.
    [GeneratedRegex(@"<!--[^>]*-->")]
    private static partial Regex Comment();

    [GeneratedRegex(@"<((?:https?|ftp|mailto|javascript|data):[^<>\s]*)>", RegexOptions.IgnoreCase)]
    private static partial Regex AutoLink();

    [GeneratedRegex(@"</?[A-Za-z!?][^<>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"<(?=[A-Za-z/!?])")]
    private static partial Regex LooseTag();

    [GeneratedRegex(@"!?\[([^\[\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\))")]
    private static partial Regex Link();

    [GeneratedRegex(@"^([ >]*\[[^\]\n]*\]):", RegexOptions.Multiline)]
    private static partial Regex Definition();

    [GeneratedRegex(@"(?<![`\w])(?:(?:https?|ftp)://|www\.)[^\s`<>]+", RegexOptions.IgnoreCase)]
    private static partial Regex Address();

    [GeneratedRegex(@"[\[【](?<n>[0-9]{1,4}(?:\s?[,，、]\s?[0-9]{1,4})*)[\]】]")]
    private static partial Regex Marks();
}
