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

    // The lengths, as bits, of the marks that begin with a character of ASCII.
    private static readonly ushort[] Lengths = LengthsByFirst();

    /// <summary>Whether a cell that is not empty can be a mark at all: most end here.</summary>
    public static bool MayBe(ReadOnlySpan<char> cell)
    {
        if (cell.Length > MaxLength + 1)
            return false;
        var first = cell[0];
        return first >= Lengths.Length || (Lengths[first] & (1 << cell.Length)) != 0;
    }

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

    private static ushort[] LengthsByFirst()
    {
        var lengths = new ushort[128];
        foreach (var mark in Always.Concat(Perhaps).Where(m => m[0] < lengths.Length))
        {
            lengths[char.ToUpperInvariant(mark[0])] |= (ushort)(1 << mark.Length);
            lengths[char.ToLowerInvariant(mark[0])] |= (ushort)(1 << mark.Length);
        }

        return lengths;
    }
}
