using System.Globalization;

namespace ProgressHub.Core.Workloads.Analysis.Tables;

/// <summary>Reads single cells. Currency signs, percent signs and signs between thousands are looked past.</summary>
internal static class CellReading
{
    private const int MaxNumber = 40;
    private const string Currencies = "$€£¥₹₩₽";

    private static readonly string[] IsoDates = ["yyyy-MM-dd", "yyyy/MM/dd", "yyyy/M/d", "yyyy-M-d", "yyyyMMdd", "yyyy.MM.dd"];
    private static readonly string[] DayFirst =
        ["d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "d MMM yyyy", "d-MMM-yyyy", "d MMMM yyyy", "MMM d, yyyy", "MMMM d, yyyy"];
    private static readonly string[] MonthFirst =
        ["M/d/yyyy", "M-d-yyyy", "M.d.yyyy", "d MMM yyyy", "d-MMM-yyyy", "d MMMM yyyy", "MMM d, yyyy", "MMMM d, yyyy"];

    private static readonly string[] Times = ["H:mm", "H:mm:ss", "H:mm:ss.FFFFFFF", "h:mm tt", "h:mm:ss tt"];
    private static readonly string[][] Moments =
        [.. ((string[][])[IsoDates, DayFirst, MonthFirst]).Select(dates => dates.SelectMany(d => Times.Select(t => $"{d} {t}")).ToArray())];

    /// <summary>Whether a cell holds nothing.</summary>
    public static bool IsEmpty(ReadOnlySpan<char> cell) =>
        cell.Trim() is var c && (c.IsEmpty || c is "-" or "NA" or "N/A" or "n/a" or "null" or "NULL" or "NaN" or "nan" or "#N/A");

    /// <summary>The number a cell says, without its percent sign; null where it says none.</summary>
    public static double? Number(ReadOnlySpan<char> cell, bool decimalComma)
    {
        Span<char> plain = stackalloc char[MaxNumber];
        return Plain(cell, decimalComma, plain, out var length)
            && double.TryParse(plain[..length], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value)
            ? value
            : null;
    }

    /// <summary>The whole number a cell says; null where it says none. Leading zeros make it a text: they mean a code.</summary>
    public static long? Whole(ReadOnlySpan<char> cell, bool decimalComma)
    {
        Span<char> plain = stackalloc char[MaxNumber];
        return Plain(cell, decimalComma, plain, out var length)
            && long.TryParse(plain[..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
    }

    /// <summary>Whether a cell is a code such as 00123, which as a number would lose its zeros.</summary>
    public static bool IsCode(ReadOnlySpan<char> cell) =>
        cell.Trim() is ['0', var second, ..] && char.IsAsciiDigit(second);

    /// <summary>Yes or no; null for anything else.</summary>
    public static bool? YesNo(ReadOnlySpan<char> cell) => cell.Trim() switch
    {
        var c when c.Equals("true", StringComparison.OrdinalIgnoreCase) || c.Equals("yes", StringComparison.OrdinalIgnoreCase) => true,
        var c when c.Equals("false", StringComparison.OrdinalIgnoreCase) || c.Equals("no", StringComparison.OrdinalIgnoreCase) => false,
        _ => null,
    };

    /// <summary>Whether a cell is a day or a moment in any known form.</summary>
    public static bool IsDate(ReadOnlySpan<char> cell)
    {
        for (var order = DateOrder.Iso; order <= DateOrder.MonthFirst; order++)
        {
            if (Day(cell, order) is not null || Moment(cell, order) is not null)
                return true;
        }

        return false;
    }

    /// <summary>The day a cell says.</summary>
    public static DateOnly? Day(ReadOnlySpan<char> cell, DateOrder order) =>
        MayBeDate(cell = cell.Trim())
        && DateOnly.TryParseExact(cell, Days(order), CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The moment a cell says; one with an offset in UTC.</summary>
    public static DateTime? Moment(ReadOnlySpan<char> cell, DateOrder order)
    {
        cell = cell.Trim();
        if (!MayBeDate(cell))
            return null;
        if (order == DateOrder.Iso && cell.Length > 10 && cell[10] == 'T' && DateTimeOffset.TryParse(
            cell, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var iso))
        {
            return iso.UtcDateTime;
        }

        return DateTime.TryParseExact(cell, Moments[(int)order], CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
            ? moment
            : null;
    }

    private static string[] Days(DateOrder order) => order switch
    {
        DateOrder.Iso => IsoDates,
        DateOrder.DayFirst => DayFirst,
        _ => MonthFirst,
    };

    // Trying every form is slow; most cells are no dates, and this tells.
    private static bool MayBeDate(ReadOnlySpan<char> cell) =>
        cell.Length is >= 8 and <= 40 && (char.IsAsciiDigit(cell[0]) || char.IsAsciiLetter(cell[0])) && char.IsAsciiDigit(cell[^1]) | cell[^1] is 'Z' or 'M' or 'm';

    private static bool Plain(ReadOnlySpan<char> cell, bool decimalComma, Span<char> plain, out int length)
    {
        length = 0;
        cell = cell.Trim().TrimEnd('%').Trim(Currencies).Trim();
        if (cell.IsEmpty || cell.Length > MaxNumber)
            return false;
        var negative = false;
        if (cell is ['(', .., ')'])
        {
            // Accounting for a negative number.
            negative = true;
            cell = cell[1..^1].Trim(Currencies).Trim();
        }
        else if (cell is ['-' or '+', .., _] && Currencies.Contains(cell[1], StringComparison.Ordinal))
        {
            negative = cell[0] == '-';
            cell = cell[2..];
        }

        if (cell.IsEmpty || cell.Length > MaxNumber - 1)
            return false;
        if (negative)
            plain[length++] = '-';
        var (point, between) = decimalComma ? (',', '.') : ('.', ',');
        var sincePoint = -1;
        var sinceBetween = -1;
        foreach (var c in cell)
        {
            if (c == between || (c is '\'' or '\u00A0' or '\u202F' && length > 0))
            {
                // Between thousands there are always three digits.
                if (sincePoint >= 0 || (sinceBetween >= 0 && sinceBetween != 3) || length == 0)
                    return false;
                sinceBetween = 0;
                continue;
            }

            if (c == point)
            {
                if (sincePoint >= 0 || (sinceBetween >= 0 && sinceBetween != 3))
                    return false;
                sincePoint = 0;
                sinceBetween = -1;
                plain[length++] = '.';
                continue;
            }

            if (!char.IsAsciiDigit(c) && c is not ('-' or '+' or 'e' or 'E'))
                return false;
            if (sinceBetween >= 0)
                sinceBetween++;
            plain[length++] = c;
        }

        return sinceBetween is -1 or 3 && char.IsAsciiDigit(plain[length - 1]);
    }
}

/// <summary>Which part of a date comes first.</summary>
internal enum DateOrder
{
    /// <summary>The year.</summary>
    Iso,

    /// <summary>The day.</summary>
    DayFirst,

    /// <summary>The month.</summary>
    MonthFirst,
}
