using System.Globalization;
using System.Text.RegularExpressions;

namespace ProgressHub.Tool.Bars;

/// <summary>
/// Reads how far a command is out of one line of what it prints: percentages (<c>45%</c>, <c>85,3 %</c>) and counts
/// (<c>3/5</c>, <c>2 of 5</c>). Knows the line alone; what only several lines say together is <see cref="BarTracker"/>'s.
/// </summary>
internal static partial class BarReader
{
    /// <summary>The reading of a line; null where it shows no progress.</summary>
    /// <param name="line">A line without control codes.</param>
    /// <param name="redrawn">Whether it was drawn over an earlier one, as a bar is and a sentence is not.</param>
    public static BarReading? Read(string line, bool redrawn)
    {
        if (CurlMeter().Match(line) is { Success: true } meter)
            return Of(Number(meter.Groups["percent"].Value) / 100, "", BarKind.Bar);
        var drawn = redrawn || Glyphs().IsMatch(line);
        return Percentage(line, drawn) ?? Count(line, drawn);
    }

    private static BarReading? Percentage(string line, bool drawn)
    {
        if (Percent().Match(line) is not { Success: true } match)
            return null;
        var percent = Number(match.Groups["number"].Value);
        if (percent is not (>= 0 and <= 100))
            return null;
        var (before, after) = (line[..match.Index], line[(match.Index + match.Length)..]);
        if (!drawn && (Gauge().IsMatch(before) || GaugeAfter().IsMatch(after)))
            return null;
        var sure = drawn || Bracketed(before, after) || (Progress().IsMatch(before) && EndsThere().IsMatch(after))
            || (LeadingTag().IsMatch(before) && EndsThere().IsMatch(after)) || FollowedByMeasure().IsMatch(after) || Dots().IsMatch(before);
        var whole = ToCheck().Match(after) is { Success: true } left ? Remaining(left) : (double?)null;

        // A file that is done is not all of them.
        var fraction = percent >= 100 && whole is { } share ? share : percent / 100;
        return Of(fraction, before, sure ? BarKind.Bar : BarKind.Candidate) with { Whole = whole };
    }

    private static BarReading? Count(string line, bool drawn)
    {
        foreach (Match match in Counts().Matches(line))
        {
            var (current, total) = (Number(match.Groups["current"].Value), Number(match.Groups["total"].Value));
            var (unit, of) = (Unit(match.Groups["currentUnit"].Value), Unit(match.Groups["unit"].Value));
            if (of > 1 && match.Groups["currentUnit"].Length == 0)
                unit = of;
            (current, total) = (current * unit, total * of);
            if (total < 2 || current > total)
                continue;
            var before = line[..match.Index];
            var after = line[(match.Index + match.Length)..];
            if (NotCounted().IsMatch(before) || Outcome().IsMatch(after))
                continue;
            var sure = drawn || (Bracketed(before, after) && LeadingTag().IsMatch(before.TrimEnd('[', '(')))
                || Working().IsMatch(before);
            return Of(current / total, before, sure ? BarKind.Bar : BarKind.Candidate) with
            {
                Current = unit == 1 && of == 1 ? current : null,
                Total = unit == 1 && of == 1 ? total : null,
            };
        }

        return null;
    }

    private static BarReading Of(double fraction, string before, BarKind kind) => new(fraction, Words(before), kind);

    /// <summary>What a bar is called: the letters before its number.</summary>
    private static string Words(string before) => Spaces().Replace(NotWords().Replace(before, " "), " ").Trim();

    private static bool Bracketed(string before, string after) =>
        before.TrimEnd() is [.., '['] && after.TrimStart() is [']', ..] || before.TrimEnd() is [.., '('] && after.TrimStart() is [')', ..];

    private static double Remaining(Match left)
    {
        var total = Number(left.Groups["total"].Value);
        return total > 0 ? 1 - Math.Min(1, Number(left.Groups["left"].Value) / total) : 0;
    }

    private static double Number(string text) => double.TryParse(
        text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    private static double Unit(string text) => text.Length == 0 ? 1 : char.ToLowerInvariant(text[0]) switch
    {
        'k' => 1e3, 'm' => 1e6, 'g' => 1e9, 't' => 1e12, _ => 1,
    };

    // A percentage stands alone: not 3.5.2%, not a URL's %20, not ±5%.
    [GeneratedRegex(@"(?<![\w.,+\-~±<>≈])(?<number>\d{1,4}(?:[.,]\d+)?)[ \u00A0\u202F]?[%％](?![\w%])")]
    private static partial Regex Percent();

    [GeneratedRegex(@"(?<![\w./:,=\-])(?<current>\d+(?:\.\d+)?)(?: ?(?<currentUnit>[kKMGT]i?B))?(?: ?/ ?| of (?:about )?)(?<total>\d+(?:\.\d+)?)(?: ?(?<unit>[kKMGT]i?B)\b)?(?![\w/]|[.:,\-]\d)")]
    private static partial Regex Counts();

    // curl's own table: percent, size, percent received, size, percent sent, size, two speeds, three times, speed.
    [GeneratedRegex(@"^\s*(?<percent>\d{1,3})\s+[\d.]+[kMGTP]?\s+\d{1,3}\s+[\d.]+[kMGTP]?\s+\d{1,3}\s+[\d.]+[kMGTP]?\s+[\d.]+[kMGTP]?\s+[\d.]+[kMGTP]?\s+[\d:d\-]+")]
    private static partial Regex CurlMeter();

    [GeneratedRegex(@"[█▏▎▍▌▋▊▉▓▒░━╸╺■□▰▱⣿]{2}|\[[=#*>\-.\s|]{3,}\]|\[[=#*\-]+>|<[=\-]+>|[=#]{4,}>|^\s*#{3,}[\s\d]|\|[#\s█]{4,}\|")]
    private static partial Regex Glyphs();

    // How full or how good something is, and not how far.
    [GeneratedRegex(@"\b(?:cpu|mem|memory|ram|swap|disk|disc|load|battery|usage|used|coverage|accuracy|acc|confidence|humidity|discount|score|ratio|rate|utili[sz]ation|loss|threshold|limit|quota|similarity|probability|volume|quality|warning|error|saved?|savings)\b[^|\[]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Gauge();

    [GeneratedRegex(@"^\W*(?:full|used|usage|free|available|off|faster|slower|smaller|larger|more|less|fewer|cpu|memory|packet loss|packet|covered|coverage|of (?:the |all )?(?:users|people|cases|requests|tests|memory|disk|time)|idle|similar|match|confidence|accuracy|chance|probability)\b", RegexOptions.IgnoreCase)]
    private static partial Regex GaugeAfter();

    [GeneratedRegex(@"(?:\b(?:progress|completed?|done|finished|status)|\w{3,}ing\b[^.!?]*|(?:…|\.\.\.))\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Progress();

    [GeneratedRegex(@"^\W*(?:(?:is )?(?:done|completed?|finished|processed|written|copied)\W*)?$|^\W*\([^)]*\)", RegexOptions.IgnoreCase)]
    private static partial Regex EndsThere();

    [GeneratedRegex(@"^\s*(?:[\[(<#]?[\w\- :.#=]*[\])>:]\s*|#\d+\s*)*[\[(]?\s*$")]
    private static partial Regex LeadingTag();

    // A speed, a size, a time left.
    [GeneratedRegex(@"^\W{1,4}(?:of\s+~?\s*)?[\d.,]+\s?(?:[kKMGT]i?)?(?:B|b)?(?:ytes)?(?:/s|ps)\b|^\s+of\s+~?\s*[\d.,]+\s?[kKMGT]i?B\b|\b(?:eta|remaining|left)\b|^\s+[\d.]+[kKMG]?\s+(?:\d+[hms])+$|^\s+\d+[hms=][\dms.]*", RegexOptions.IgnoreCase)]
    private static partial Regex FollowedByMeasure();

    // wget without a terminal.
    [GeneratedRegex(@"^\s*\d+[KMG]\s[. ,]{20,}$")]
    private static partial Regex Dots();

    // What only looks like one: dates, passed of all, speeds.
    [GeneratedRegex(@"(?:\b(?:version|score|rating|passed|failed|http|https|ratio|page size|on|since|available|load)\s*:?|[€$£])\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex NotCounted();

    [GeneratedRegex(@"^\W*(?:(?:tests?|checks?|replicas?|pods?|nodes?)\s+)?(?:passed|failed|ok|healthy|ready|available|up|stars|cups?|inch|full|used|free)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Outcome();

    [GeneratedRegex(@"(?:\w{3,}ing\b|\b(?:step|file|item|epoch|batch|page|chunk|part|task|frame|row|record|image|layer|job|iteration|iter|round|stage|phase|test|package|module|progress|done|completed?|finished|processed|copied))\b[^.!?]{0,60}$", RegexOptions.IgnoreCase)]
    private static partial Regex Working();

    [GeneratedRegex(@"\b(?:to-chk|ir-chk|to-check)=(?<left>\d+)/(?<total>\d+)")]
    private static partial Regex ToCheck();

    [GeneratedRegex(@"[^\p{L}'\-_]+|(?<!\p{L})[\-_']+|[\-_']+(?!\p{L})")]
    private static partial Regex NotWords();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
