using System.Globalization;
using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Queries;

namespace ProgressHub.Workloads.Analysis.Planning.Reading;

/// <summary>Finds the times that words name: 2024, Q3 2024, the first quarter of 2024, 5 March, last 6 months, Mondays.</summary>
internal static class PeriodReader
{
    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// <summary>The time that is named from a word on, and how many words say it; null where none is.</summary>
    public static (Period Period, int Length)? At(IReadOnlyList<Word> words, int i)
    {
        var word = words[i];
        if (word.Kind == WordKind.Date)
            return OfDate(word.Raw) is { } date ? (date, 1) : null;
        // "The 1960s".
        if (word.Raw is [.. { Length: 4 } decade, 's'] && decade[3] == '0' && int.TryParse(decade, NumberStyles.None, CultureInfo.InvariantCulture, out var tenth) && tenth is >= 1800 and <= 2200)
            return (new Period.Span(new DateOnly(tenth, 1, 1), new DateOnly(tenth + 10, 1, 1)), 1);
        // "In the 90s".
        if (StemAt(words, i - 1) == "the" && StemAt(words, i - 2) is "in" or "from" or "of" or "during" && word.Raw is [>= '5' and <= '9' and var nth, '0', 's'])
            return (new Period.Span(new DateOnly(1900 + ((nth - '0') * 10), 1, 1), new DateOnly(1910 + ((nth - '0') * 10), 1, 1)), 1);
        // "Born in the eighties"; the twenties may be these, or a hundred years ago.
        if (StemAt(words, i - 1) == "the" && word.Raw.ToLowerInvariant() switch { "sixties" => 1960, "seventies" => 1970, "eighties" => 1980, "nineties" => 1990, _ => 0 } is > 0 and var since)
            return (new Period.Span(new DateOnly(since, 1, 1), new DateOnly(since + 10, 1, 1)), 1);
        if (word.Stem == "year" && YearAt(words, i + 1) is { } named)
            return (Year(named), 2);
        if (YearAt(words, i) is { } year)
            return (Year(year), 1);
        if (Feast(words, i) is { } feast)
            return feast;
        return Quarter(words, i) ?? Part(words, i) ?? Month(words, i) ?? DayOfMonth(words, i) ?? Recent(words, i) ?? Clock(words, i) ?? Weekday(words[i]);
    }

    /// <summary>The number of a month's name, or of its first three letters; null where a word is none.</summary>
    public static int? MonthNumber(Word word)
    {
        if (word.Kind != WordKind.Word)
            return null;
        var full = Array.IndexOf(Months, word.Stem);
        var name = full >= 0 ? full : word.Stem.Length is 3 or 4 && char.IsUpper(word.Raw[0])
            ? Array.FindIndex(Months, m => m.StartsWith(word.Stem, StringComparison.Ordinal) || (word.Stem == "sept" && m[0] == 's')) : -1;
        // "may" and "march" are verbs too.
        return name < 0 || (word.Stem is "may" or "march" && !char.IsUpper(word.Raw[0])) ? null : name + 1;
    }

    // "in march", "sep 2023": written small, where what stands beside it says that it is a time.
    private static int? Lower(IReadOnlyList<Word> words, int i)
    {
        var isTime = StemAt(words, i - 1) is "in" or "since" or "until" or "during" or "before" or "after" || YearAt(words, i + 1) is not null || IsListed(words, i);
        return isTime && words[i] is { Kind: WordKind.Word, Raw: [>= 'a' and <= 'z', ..] } word ? MonthNumber(word with { Raw = $"{char.ToUpperInvariant(word.Raw[0])}{word.Raw[1..]}" }) : null;
    }

    // "(dec, jan, feb)": names beside each other.
    private static bool IsListed(IReadOnlyList<Word> words, int i)
    {
        bool IsMonth(int k) => k >= 0 && k < words.Count && words[k] is { Kind: WordKind.Word, Stem.Length: 3 or 4 } word && Array.Exists(Months, m => m.StartsWith(word.Stem, StringComparison.Ordinal));
        bool IsJoint(int k) => StemAt(words, k) is "," or "and" or "or";
        return words[i].Stem is not ("may" or "mar") && (IsJoint(i + 1) && IsMonth(i + 2) || IsJoint(i - 1) && IsMonth(i - 2));
    }

    /// <summary>Whether a word is a month or a day of the week.</summary>
    public static bool IsName(Word word) => MonthNumber(word) is not null || Months.Contains(word.Stem) || Weekday(word) is not null || StepOf(word.Stem) is not null || word.Stem is "half" or "daily" or "weekly" or "monthly" or "quarterly" or "yearly" or "annual" or "hourly" or "weekday";

    private static Period.Span Year(int year) => new(new DateOnly(year, 1, 1), new DateOnly(year + 1, 1, 1));

    private static int? YearAt(IReadOnlyList<Word> words, int i) => i < words.Count ? words[i].Year : null;

    private static string StemAt(IReadOnlyList<Word> words, int i) => i >= 0 && i < words.Count ? words[i].Stem : "";

    private static Period.Span MonthsFrom(int year, int month, int count)
    {
        var from = new DateOnly(year, month, 1);
        return new Period.Span(from, from.AddMonths(count));
    }

    // "Q3 2024", "the third quarter of 2024", "H1 2024", "the first half of 2024", "Q3".
    private static (Period, int)? Quarter(IReadOnlyList<Word> words, int i)
    {
        var (which, step, length) = words[i].Stem switch
        {
            ['q', >= '1' and <= '4' and var q] => (q - '0', 3, 1),
            ['h', '1' or '2'] => (words[i].Stem[1] - '0', 6, 1),
            _ when StemAt(words, i + 1) is "quarter" && NumberWords.Ordinal(words[i]) is >= 1 and <= 4 and var n => (n, 3, 2),
            _ when StemAt(words, i + 1) is "half" && NumberWords.Ordinal(words[i]) is 1 or 2 => (NumberWords.Ordinal(words[i])!.Value, 6, 2),
            "last" when StemAt(words, i + 1) is "quarter" && StemAt(words, i + 2) is "of" && YearAt(words, i + 3) is not null => (4, 3, 2),
            _ => (0, 0, 0),
        };
        if (which == 0)
            return null;
        var at = i + length;
        while (StemAt(words, at) is "of" or "in" or "the" or "year" or ",")
            at++;
        if (YearAt(words, at) is { } year)
            return (MonthsFrom(year, ((which - 1) * step) + 1, step), at + 1 - i);
        // "The first half of June" is no half year.
        if (at > i + length)
            return null;
        return step == 3
            ? (new Period.Every(Bucket.Quarter, [which]), length)
            : (new Period.Every(Bucket.Month, [.. Enumerable.Range(((which - 1) * 6) + 1, 6)]), length);
    }

    // "The first week of March 2024", "the last 10 days of 2023", "the first six months of 2024": so much from its beginning or end.
    private static (Period, int)? Part(IReadOnlyList<Word> words, int i)
    {
        if (words[i].Stem is not ("first" or "last" or "second" or "third" or "fourth"))
            return null;
        var count = i + 1 < words.Count && words[i].Stem is "first" or "last" ? NumberWords.Count(words[i + 1]) : null;
        var at = count is null ? i + 1 : i + 2;
        if (StepOf(StemAt(words, at)) is not (Bucket.Day or Bucket.Week or Bucket.Month or Bucket.Quarter) || count is < 1 or > 366 || StemAt(words, at + 1) is not ("of" or "in"))
            return null;
        var step = StepOf(StemAt(words, at))!.Value;
        var start = StemAt(words, at + 2) == "the" ? at + 3 : at + 2;
        if (StemAt(words, start) == "year")
            start++;
        if (start >= words.Count || (Month(words, start) ?? Quarter(words, start) ?? (YearAt(words, start) is { } year ? (Year(year), 1) : null)) is not (Period.Span span, var length))
            return null;
        var number = (int)(count ?? 1);
        var from = words[i].Stem == "last" ? Later(span.Before, step, -number) : Later(span.From, step, (NumberWords.Ordinal(words[i]) ?? 1) - 1);
        return (new Period.Span(from, Later(from, step, number)), start + length - i);
    }

    private static DateOnly Later(DateOnly day, Bucket step, int count) => step switch
    {
        Bucket.Day => day.AddDays(count), Bucket.Week => day.AddDays(7 * count), Bucket.Month => day.AddMonths(count), _ => day.AddMonths(3 * count),
    };

    // "March 2024", "March 5, 2024", "March 5th", "March".
    private static (Period, int)? Month(IReadOnlyList<Word> words, int i)
    {
        if ((MonthNumber(words[i]) ?? Lower(words, i)) is not { } month)
            return null;
        if (YearAt(words, i + 1) is { } year)
            return (MonthsFrom(year, month, 1), 2);
        if (StemAt(words, i + 1) is "of" or "in" && YearAt(words, i + 2) is { } of)
            return (MonthsFrom(of, month, 1), 3);
        if (DayNumber(words, i + 1) is { } day)
        {
            var at = StemAt(words, i + 2) == "," ? i + 3 : i + 2;
            return YearAt(words, at) is { } y && Day(y, month, day) is { } span ? (span, at + 1 - i) : null;
        }

        return (new Period.Every(Bucket.Month, [month]), 1);
    }

    // "5 March 2024", "the 5th of March 2024".
    private static (Period, int)? DayOfMonth(IReadOnlyList<Word> words, int i)
    {
        if (DayNumber(words, i) is not { } day)
            return null;
        var at = StemAt(words, i + 1) == "of" ? i + 2 : i + 1;
        return at < words.Count && MonthNumber(words[at]) is { } month && YearAt(words, at + 1) is { } year && Day(year, month, day) is { } span
            ? (span, at + 2 - i) : null;
    }

    private static int? DayNumber(IReadOnlyList<Word> words, int i)
    {
        if (i >= words.Count)
            return null;
        var day = words[i].Kind == WordKind.Number && words[i].Number is >= 1 and <= 31 and var n && n == Math.Floor(n) ? (int)n : words[i].Kind == WordKind.Code ? NumberWords.Ordinal(words[i]) : null;
        return day is >= 1 and <= 31 ? day : null;
    }

    // "last 6 months", "the past year", "last month", "this year".
    private static (Period, int)? Recent(IReadOnlyList<Word> words, int i)
    {
        if (words[i].Stem is not ("last" or "past" or "previous" or "recent" or "latest" or "this" or "current" or "trailing" or "final"))
            return null;
        var count = i + 1 < words.Count ? NumberWords.Count(words[i + 1]) : null;
        if (count is { } n && n >= 1 && StepOf(StemAt(words, i + 2)) is { } step && StemAt(words, i + 3) is not ("of" or "in"))
            return (new Period.Recent((int)n, step), 3);
        return StepOf(StemAt(words, i + 1)) is { } one && words[i].Stem is not "recent"
            ? words[i].Stem == "past" ? (new Period.Recent(1, one), 2) : (new Period.LastStep(one, 0), 2)
            : null;
    }

    // "6 pm", "6pm", "18 o'clock", "noon".
    private static (Period, int)? Clock(IReadOnlyList<Word> words, int i)
    {
        if (words[i].Stem == "noon")
            return (new Period.Clock(12), 1);
        var raw = words[i].Raw.ToLowerInvariant();
        // "Between 7 and 9 am": both in the morning.
        if (words[i].Number is >= 1 and <= 12 && StemAt(words, i + 1) is "and" or "to" or "-" && i + 2 < words.Count && Clock(words, i + 2) is (Period.Clock end, _) && StemAt(words, i + 2) != "noon"
            && (int)words[i].Number!.Value % 12 is var first && first + (end.Hour >= 12 ? 12 : 0) is var begin && begin < end.Hour)
            return (new Period.Clock(begin), 1);
        var joined = words[i].Kind == WordKind.Code && raw.Length is 3 or 4 && raw[^2..] is "am" or "pm";
        if (!int.TryParse(joined ? raw[..^2] : raw, NumberStyles.None, CultureInfo.InvariantCulture, out var hour))
            return null;
        return (joined ? raw[^2..] : StemAt(words, i + 1)) switch
        {
            "am" or "a.m" when hour is >= 1 and <= 12 => (new Period.Clock(hour % 12), joined ? 1 : 2),
            "pm" or "p.m" when hour is >= 1 and <= 12 => (new Period.Clock((hour % 12) + 12), joined ? 1 : 2),
            "o'clock" when hour is >= 0 and <= 23 => (new Period.Clock(hour), 2),
            _ => null,
        };
    }

    private static Bucket? StepOf(string stem) => stem switch
    {
        "day" => Bucket.Day, "week" => Bucket.Week, "month" => Bucket.Month, "quarter" => Bucket.Quarter, "year" => Bucket.Year, "hour" => Bucket.Hour, _ => null,
    };

    private static (Period, int)? Weekday(Word word)
    {
        var day = word.Kind == WordKind.Word ? Array.IndexOf(Weekdays, word.Stem) : -1;
        return day >= 0 ? (new Period.Every(Bucket.Weekday, [day + 1]), 1)
            : word.Stem == "weekend" ? (new Period.Every(Bucket.Weekday, [6, 7]), 1)
            : word.Raw.Equals("weekdays", StringComparison.OrdinalIgnoreCase) ? (new Period.Every(Bucket.Weekday, [1, 2, 3, 4, 5]), 1) : null;
    }

    private static Period.Span? Day(int year, int month, int day) =>
        day <= DateTime.DaysInMonth(year, month) ? new Period.Span(new DateOnly(year, month, day), new DateOnly(year, month, day).AddDays(1)) : null;

    // "Christmas 2024", "New Year's Eve 2023": days that have a name, of a year.
    private static (Period, int)? Feast(IReadOnlyList<Word> words, int i)
    {
        var isEve = StemAt(words, i + 1) == "eve";
        var (month, day, length) = words[i].Stem switch
        {
            "christma" or "christmas" or "xma" or "xmas" => (12, isEve ? 24 : 25, isEve || StemAt(words, i + 1) == "day" ? 2 : 1),
            "halloween" => (10, 31, 1),
            _ => (0, 0, 0),
        };
        var at = StemAt(words, i + length) == "of" ? i + length + 1 : i + length;
        return month > 0 && YearAt(words, at) is { } year && Day(year, month, day) is { } span ? (span, at + 1 - i) : null;
    }

    private static Period.Span? OfDate(string text)
    {
        if (DateOnly.TryParseExact(text, ["yyyy-M-d", "d.M.yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new Period.Span(day, day.AddDays(1));
        if (DateOnly.TryParseExact($"{text}-1", "yyyy-M-d", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
            return new Period.Span(month, month.AddMonths(1));

        // Day or month first: only where it can't be both.
        var first = DateOnly.TryParseExact(text, "d/M/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var european);
        var second = DateOnly.TryParseExact(text, "M/d/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var american);
        return first && second && european != american ? null
            : first ? new Period.Span(european, european.AddDays(1))
            : second ? new Period.Span(american, american.AddDays(1)) : null;
    }
}
