using System.Collections.Frozen;

namespace ProgressHub.Workloads.Analysis.Tables.Cells;

/// <summary>
/// What people and programs write where they have no value. Some marks mean nothing else; others are words or signs that a
/// column of text may mean: NA is Namibia among codes of countries, and missing among numbers.
/// </summary>
internal static class MissingMarks
{
    /// <summary>The longest mark.</summary>
    public const int MaxLength = 12;

    private static readonly FrozenSet<string> Always = new[]
    {
        "\\N", "null", "(null)", "[null]", "<null>", "#N/A", "#NA", "n/a", "<NA>", "nan", "-nan", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!", "NaT",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Perhaps = new[]
    {
        "NA", "none", "nil", "-", "--", "---", "–", "—", ".", "..", "?", "n.a.", "k.A.", "k. A.", "n.v.", "s.d.", "missing", "unknown", "not available", "tbd", "无", "無",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> AlwaysBySpan = Always.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> PerhapsBySpan = Perhaps.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a cell that is not empty can be a mark at all: most end here.</summary>
    public static bool MayBe(ReadOnlySpan<char> cell) =>
        cell.Length <= MaxLength + 1 && !char.IsAsciiDigit(cell[0]) && (cell.Length == 1 || !char.IsAsciiDigit(cell[^1]));

    /// <summary>Whether a cell, trimmed, holds nothing in any column.</summary>
    public static bool IsMissing(ReadOnlySpan<char> cell) =>
        cell.IsEmpty || (cell.Length <= MaxLength && AlwaysBySpan.Contains(cell));

    /// <summary>Whether a cell, trimmed, holds nothing in a column of numbers, dates, or yes and no.</summary>
    public static bool IsPerhapsMissing(ReadOnlySpan<char> cell, out string? mark)
    {
        mark = null;
        return cell.Length is > 0 and <= MaxLength + 1 && PerhapsBySpan.TryGetValue(cell, out mark);
    }

    /// <summary>Whether a mark is a mere stroke, which is no word in text either.</summary>
    public static bool IsStroke(string mark) => mark is "-" or "--" or "---" or "–" or "—";
}
