using ProgressHub.Workloads.Analysis.Tables.Cells;

namespace ProgressHub.Workloads.Analysis.Tables.Layout;

/// <summary>What a cell looks like, for telling names from data.</summary>
internal enum CellKind
{
    Empty,
    Word,
    Number,

    /// <summary>A whole number that can be a year.</summary>
    Year,
    Date,
}

/// <summary>Tells what cells look like.</summary>
internal static class CellKinds
{
    public static CellKind Of(string cell)
    {
        var text = cell.AsSpan().Trim();
        if (MissingMarks.IsMissing(text) || MissingMarks.IsPerhapsMissing(text, out _))
            return CellKind.Empty;
        if (text.Length == 4 && text[0] is '1' or '2' && int.TryParse(text, out var year) && year is >= 1800 and <= 2200)
            return CellKind.Year;
        if (NumberCell.Read(text).IsNumber)
            return CellKind.Number;
        return DateReading.Read(text) is { Orders: > 0 } ? CellKind.Date : CellKind.Word;
    }
}
