using System.Globalization;

namespace ProgressHub.Workloads.Analysis.Tables.Cells;

/// <summary>Reads dates and moments in the forms that people and programs write them in.</summary>
internal static class DateReading
{
    private const int MaxLength = 45;

    /// <summary>Reads a cell; null where it is no date.</summary>
    public static DateCell? Read(ReadOnlySpan<char> cell)
    {
        if (cell.Length is < 6 or > MaxLength)
            return null;
        var rest = new DateScanner(cell);
        DateCell? date = char.IsAsciiDigit(cell[0]) ? InDigits(ref rest) : InWords(ref rest);
        if (date is not { } day)
            return null;
        if (rest.IsAtEnd)
            return day;
        return ClockReading.Read(rest.Remaining) is { } clock ? day with { Time = clock.Time, Offset = clock.Offset } : null;
    }

    /// <summary>The day that eight digits are: 20240131; null where they are none, or of another age.</summary>
    public static DateTime? Compact(ReadOnlySpan<char> cell) =>
        cell.Length == 8 && cell[0] is '1' or '2'
        && DateTime.TryParseExact(cell, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and <= 2100 ? day : null;

    private static DateCell? InDigits(ref DateScanner rest)
    {
        var first = rest.Number(out var length);
        if (length == 4 && rest.Take('年'))
            return rest.Number(out _) is var month && rest.Take('月') && rest.Number(out _) is var day && rest.Take('日') ? new DateCell(first, month, day) { Separator = '年' } : null;
        if (length is not (1 or 2 or 4))
            return null;
        rest.TakeOrdinal();
        var separator = rest.Separator();
        if (separator == '\0' && !rest.IsAtLetter)
            return null;
        if (rest.IsAtLetter)
            return rest.Month() is > 0 and var named ? AfterDayAndMonth(ref rest, first, length, named) : null;
        var second = rest.Number(out var secondLength);
        if (secondLength is not (1 or 2) || separator == ' ' || rest.Separator() != separator)
            return null;
        var third = rest.Number(out var thirdLength);
        return (length, thirdLength) switch
        {
            (4, 1 or 2) => new DateCell(first, second, third) { Separator = separator },
            (1 or 2, 4) => new DateCell(first, second, third, twoDigitYear: false) { Separator = separator },
            (1 or 2, 2) => new DateCell(first, second, third, twoDigitYear: true) { Separator = separator },
            _ => null,
        };
    }

    // 31 Jan 2024, 31-Jan-24, 31. Januar 2024, 2024-Jan-31.
    private static DateCell? AfterDayAndMonth(ref DateScanner rest, int first, int firstLength, int month)
    {
        rest.SkipBetween();
        var third = rest.Number(out var length);
        return (firstLength, length) switch
        {
            (4, 1 or 2) => new DateCell(first, month, third) { Separator = ' ' },
            (1 or 2, 4) => new DateCell(third, month, first) { Separator = ' ' },
            (1 or 2, 2) => new DateCell(third, month, first) { Separator = ' ', TwoDigitYear = true },
            _ => null,
        };
    }

    // January 31, 2024; Wed, 31 Jan 2024; Jan 31 24.
    private static DateCell? InWords(ref DateScanner rest)
    {
        if (!rest.IsAtLetter)
            return null;
        rest.TakeWeekday();
        if (!rest.IsAtLetter)
            return InDigits(ref rest);
        if (rest.Month() is not (> 0 and var month))
            return null;
        rest.SkipBetween();
        var day = rest.Number(out var dayLength);
        rest.TakeOrdinal();
        if (dayLength is not (1 or 2) || !rest.SkipBetween())
            return null;
        var year = rest.Number(out var yearLength);
        return yearLength switch
        {
            4 => new DateCell(year, month, day) { Separator = ' ' },
            2 => new DateCell(year, month, day) { Separator = ' ', TwoDigitYear = true },
            _ => null,
        };
    }
}
