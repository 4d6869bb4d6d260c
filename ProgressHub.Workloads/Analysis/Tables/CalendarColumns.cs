using System.Globalization;
using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.Analysis.Tables;

/// <summary>Columns that say when, though they are kept as text or as numbers: their order is that of time.</summary>
internal static partial class CalendarColumns
{
    /// <summary>Whether all texts are months, quarters or weeks of a year, written so that their order is that of time.</summary>
    public static bool IsPeriods(this TableColumn column) =>
        column.Type == ColumnType.Text && column.Values.Count > 0 && Forms().Any(form => column.Values.All(value => form.IsMatch(value)));

    /// <summary>Whether all numbers are years.</summary>
    public static bool IsYears(this TableColumn column) =>
        column is { Type: ColumnType.Whole, Min: { Length: 4 } and not ['-', ..], Max.Length: 4 }
        && (column.Name.Contains("year", StringComparison.OrdinalIgnoreCase) || (IsFounding().IsMatch(column.Name) && string.CompareOrdinal(column.Min, "1000") > 0 && string.CompareOrdinal(column.Max, "2200") < 0));

    /// <summary>The time that a text of such a column names; null where it names none.</summary>
    public static (DateOnly From, DateOnly Before)? PeriodOf(string text)
    {
        var digits = text.Where(char.IsAsciiDigit).Select(c => c - '0').ToArray();
        if (digits.Length < 5)
            return null;
        var year = (digits[0] * 1000) + (digits[1] * 100) + (digits[2] * 10) + digits[3];
        var part = digits.Length > 5 ? (digits[4] * 10) + digits[5] : digits[4];
        if (Month().IsMatch(text))
            return (new DateOnly(year, part, 1), new DateOnly(year, part, 1).AddMonths(1));
        if (Quarter().IsMatch(text))
            return (new DateOnly(year, (part * 3) - 2, 1), new DateOnly(year, (part * 3) - 2, 1).AddMonths(3));
        if (!Week().IsMatch(text))
            return null;
        var monday = DateOnly.FromDateTime(ISOWeek.ToDateTime(year, part, DayOfWeek.Monday));
        return (monday, monday.AddDays(7));
    }

    // Built in 1950, founded, established, baujahr.
    [GeneratedRegex("(^|[^a-z])(built|founded|established|constructed|baujahr|vintage|registration|registered|opened|launched|released|model|planted|commissioned|decommissioned|retired|published|discovered)($|[^a-z])", RegexOptions.IgnoreCase)]
    private static partial Regex IsFounding();

    private static Regex[] Forms() => [Month(), Quarter(), Week()];

    [GeneratedRegex(@"^\d{4}[-/.](0[1-9]|1[0-2])$")]
    private static partial Regex Month();

    [GeneratedRegex(@"^\d{4}[- ]?Q[1-4]$", RegexOptions.IgnoreCase)]
    private static partial Regex Quarter();

    [GeneratedRegex(@"^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$", RegexOptions.IgnoreCase)]
    private static partial Regex Week();
}
