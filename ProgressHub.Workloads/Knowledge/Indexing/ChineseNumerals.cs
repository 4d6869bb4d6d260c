namespace ProgressHub.Workloads.Knowledge.Indexing;

/// <summary>Numbers in Chinese characters, up to 9,999: 四十 is 40, 一百零三 is 103, 四〇 is 40.</summary>
internal static class ChineseNumerals
{
    private const string Digits = "〇一二三四五六七八九";

    /// <summary>Whether a character can be part of such a number.</summary>
    public static bool IsNumeral(char c) => Digits.Contains(c, StringComparison.Ordinal) || c is '零' or '兩' or '两' or '十' or '百' or '千' or '廿' or '卅';

    /// <summary>Its value, or null where it is none.</summary>
    public static int? Parse(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length > 9)
            return null;
        return text.IndexOfAny("十百千廿卅") < 0 ? ByPlace(text) : ByUnit(text);
    }

    private static int? ByPlace(ReadOnlySpan<char> text)
    {
        var value = 0;
        foreach (var c in text)
        {
            if (DigitOf(c) is not { } digit || value > 999)
                return null;
            value = (value * 10) + digit;
        }

        return value;
    }

    private static int? ByUnit(ReadOnlySpan<char> text)
    {
        int value = 0, pending = -1, last = 10_000;
        foreach (var c in text)
        {
            if (DigitOf(c) is { } digit)
            {
                if (pending > 0)
                    return null;
                pending = digit;
                continue;
            }

            var (unit, times) = c switch { '廿' => (10, 2), '卅' => (10, 3), '十' => (10, 0), '百' => (100, 0), '千' => (1000, 0), _ => (0, 0) };
            if (unit == 0 || unit >= last)
                return null;
            value += unit * (times > 0 ? times : pending > 0 ? pending : 1);
            (pending, last) = (-1, unit);
        }

        return value + Math.Max(pending, 0);
    }

    private static int? DigitOf(char c) => c switch
    {
        '零' => 0,
        '兩' or '两' => 2,
        _ => Digits.IndexOf(c, StringComparison.Ordinal) is var digit and >= 0 ? digit : null,
    };
}
