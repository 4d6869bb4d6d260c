using System.Globalization;
using System.Text.RegularExpressions;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Workloads.Knowledge.Indexing;

/// <summary>
/// Numbers by which a text names a numbered thing: 第40籤, 第四十籤, 四十號籤, number 40, no. 40, #40, verse 40, the 40th verse. A
/// number that merely occurs (40 people) is none.
/// </summary>
internal static partial class NumberReferences
{
    private const string Numeral = "[0-9]{1,6}|[〇零一二兩三四五六七八九十百千廿卅两]{1,9}";

    private const string Things = "verse|poem|lot|item|entry|chapter|section|page";

    /// <summary>The numbers that a folded text names, in its order.</summary>
    /// <param name="folded">A text that <see cref="CjkText.Fold"/> made.</param>
    public static IReadOnlyList<int> In(string folded) =>
    [
        .. Reference().Matches(folded)
            .Select(match => match.Groups["n"].Value)
            .Select(Value).OfType<int>().Distinct(),
    ];

    /// <summary>The folded text with Chinese numbers of references in digits, so that they are the same words.</summary>
    public static string WithDigits(string folded) => Reference().Replace(folded, match =>
    {
        var number = match.Groups["n"];
        return Value(number.Value) is { } value
            ? string.Concat(
                folded.AsSpan(match.Index, number.Index - match.Index),
                value.ToString(CultureInfo.InvariantCulture),
                folded.AsSpan(number.Index + number.Length, match.Index + match.Length - number.Index - number.Length))
            : match.Value;
    });

    private static int? Value(string number) =>
        int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : ChineseNumerals.Parse(number);

    // 第一次 is a first time and 12號 a day of the month: only what is counted in verses, chapters and the like is named.
    [GeneratedRegex(
        $@"第\s*(?<n>{Numeral})(?=\s*(?:[號号]\s*)?[籤签首條条章回則则篇節节頁页項项卦詩诗的]|[號号](?!\p{{L}})|(?![\p{{L}}〇]))|(?<n>{Numeral})\s*(?:[號号]\s*)?[籤签]"
        + $@"|(?<![\w.])(?:number|no\.?|nr\.?|{Things}|\#)\s*\#?(?<n>[0-9]{{1,6}})(?![\w]|[.,][0-9])|(?<![\w.,])(?<n>[0-9]{{1,6}})(?:st|nd|rd|th)\s+(?:{Things})(?!\w)|^\s*(?<n>[0-9]{{1,6}})\s*$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Reference();
}
