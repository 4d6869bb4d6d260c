namespace ProgressHub.Workloads.Analysis.Tables.Cells;

/// <summary>What one cell says as a number, under both readings of point and comma.</summary>
/// <param name="Point">How it reads where decimals stand behind a point.</param>
/// <param name="Comma">How it reads where they stand behind a comma.</param>
/// <param name="Unit">The currency or percent sign beside it; null where there is none.</param>
/// <param name="IsCode">Whether it looks like a name made of digits: leading zeros, a telephone number.</param>
internal readonly record struct NumberCell(NumberShape Point, NumberShape Comma, string? Unit, bool IsCode)
{
    /// <summary>The longest cell that is looked at, in characters.</summary>
    public const int MaxLength = 60;

    /// <summary>Whether it is a number at all.</summary>
    public bool IsNumber => Point.IsValid || Comma.IsValid;

    /// <summary>Reads a cell.</summary>
    public static NumberCell Read(ReadOnlySpan<char> cell)
    {
        if (cell.Length is 0 or > MaxLength || !CanBe(cell) || !NumberDress.TryUndress(cell, out var bare))
            return default;
        var point = NumberShape.Of(bare.Core, '.', []);
        var comma = NumberShape.Of(bare.Core, ',', []);
        if (!point.IsValid && !comma.IsValid)
            return default;
        var digits = Math.Max(point.WholeDigits, comma.WholeDigits);
        var isCode = (point.LeadingZeros && !point.HasPoint && !comma.HasPoint) || (bare.HasPlus && digits >= 8 && point.IsWhole && bare.Unit is null);
        return new NumberCell(point, comma, bare.Unit, isCode);
    }

    /// <summary>Writes a cell's number as SQL and .NET read it: a sign, digits, a point, an exponent. False where it is none.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="decimalComma">Which reading.</param>
    /// <param name="plain">Where to; at least <see cref="MaxLength"/> + 1 characters.</param>
    /// <param name="length">How many were written.</param>
    public static bool TryWrite(ReadOnlySpan<char> cell, bool decimalComma, Span<char> plain, out int length)
    {
        length = 0;
        if (cell.Length is 0 or > MaxLength || !NumberDress.TryUndress(cell, out var bare))
            return false;
        if (bare.IsNegative)
            plain[length++] = '-';
        var shape = NumberShape.Of(bare.Core, decimalComma ? ',' : '.', plain[length..]);
        length += shape.Written;
        return shape.IsValid;
    }

    // Most cells of text end here.
    private static bool CanBe(ReadOnlySpan<char> cell) => char.IsAsciiDigit(cell[0]) || char.IsAsciiDigit(cell[^1]) || cell.IndexOfAnyInRange('0', '9') >= 0;
}
