namespace ProgressHub.Workloads.Analysis.Tables.Cells;

/// <summary>Recognises at once the numbers that programs write: a minus, digits, a point, digits; nothing to decide about.</summary>
internal static class PlainNumber
{
    private const int MaxDigits = 18;

    /// <summary>Reads a cell; false for all that needs a closer look, numbers too.</summary>
    /// <param name="cell">The cell, trimmed.</param>
    /// <param name="whole">How many digits it has before its point.</param>
    /// <param name="decimals">How many behind it.</param>
    public static bool TryRead(ReadOnlySpan<char> cell, out int whole, out int decimals)
    {
        (whole, decimals) = (0, 0);
        var i = cell.Length > 1 && cell[0] == '-' ? 1 : 0;
        var first = i;
        while (i < cell.Length && char.IsAsciiDigit(cell[i]))
            i++;
        whole = i - first;
        if (whole == 0 || whole > MaxDigits || (whole > 1 && cell[first] == '0'))
            return false;
        if (i == cell.Length)
            return true;
        if (cell[i] != '.')
            return false;
        var point = i++;
        while (i < cell.Length && char.IsAsciiDigit(cell[i]))
            i++;
        decimals = i - point - 1;
        if (i < cell.Length || decimals == 0 || whole + decimals > MaxDigits)
            return false;

        // 1.234 may be 1234.
        return decimals != 3 || whole > 3 || cell[first] == '0';
    }
}
