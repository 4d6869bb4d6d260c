namespace ProgressHub.Workloads.Analysis.Tables.Cells;

/// <summary>Recognises at once the dates that programs write (ISO 8601): <c>2024-01-31</c>, <c>2024-01-31 10:00:00</c>.</summary>
internal static class PlainDate
{
    private const int DayLength = 10;
    private const int MomentLength = 19;

    /// <summary>Whether a cell is one; false for all that needs a closer look, dates too.</summary>
    public static bool IsPlain(ReadOnlySpan<char> cell, out bool hasTime)
    {
        hasTime = cell.Length == MomentLength;
        if ((cell.Length != DayLength && !hasTime) || cell[4] != '-' || cell[7] != '-')
            return false;
        var (year, month, day) = (Two(cell, 0) * 100 + Two(cell, 2), Two(cell, 5), Two(cell, 8));
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        return !hasTime || (cell[10] is ' ' or 'T' && cell[13] == ':' && cell[16] == ':'
            && Two(cell, 11) is >= 0 and <= 23 && Two(cell, 14) is >= 0 and <= 59 && Two(cell, 17) is >= 0 and <= 59);
    }

    // Far below nought where they are no digits.
    private static int Two(ReadOnlySpan<char> cell, int at) =>
        char.IsAsciiDigit(cell[at]) && char.IsAsciiDigit(cell[at + 1]) ? ((cell[at] - '0') * 10) + cell[at + 1] - '0' : -100_000;
}
