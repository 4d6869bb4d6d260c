using System.Globalization;

namespace ProgressHub.Core.Workloads.Analysis.Planning;

/// <summary>A year, quarter, month or day that a question names.</summary>
/// <param name="From">Its first day.</param>
/// <param name="To">The first day after it.</param>
/// <param name="Length">How many words say it.</param>
internal sealed record Period(DateOnly From, DateOnly To, int Length)
{
    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    /// <summary>The period that is named from this word on; null where none is.</summary>
    public static Period? At(IReadOnlyList<Word> words, int i)
    {
        var word = words[i];
        if (word.Kind == WordKind.Date)
            return OfDate(word.Raw);
        if (word.Year is { } year)
            return new Period(new DateOnly(year, 1, 1), new DateOnly(year + 1, 1, 1), 1);
        if (i + 1 >= words.Count || words[i + 1].Year is not { } next)
            return null;
        if (word.Stem is ['q', >= '1' and <= '4'])
            return Span(next, ((word.Stem[1] - '1') * 3) + 1, 3);
        var month = Array.FindIndex(Months, m => word.Stem.Length >= 3 && m.StartsWith(word.Stem, StringComparison.Ordinal));
        return month >= 0 ? Span(next, month + 1, 1) : null;
    }

    private static Period Span(int year, int month, int months)
    {
        var from = new DateOnly(year, month, 1);
        return new Period(from, from.AddMonths(months), 2);
    }

    private static Period? OfDate(string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return new Period(day, day.AddDays(1), 1);
        return DateOnly.TryParseExact($"{text}-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var month)
            ? new Period(month, month.AddMonths(1), 1)
            : null;
    }
}
