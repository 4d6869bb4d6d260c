using System.Globalization;

namespace ProgressHub.Workloads.Analysis.Tables.Scan;

/// <summary>Counts the rows that are longer or shorter than the names, and remembers where the first few are.</summary>
internal sealed class RowChecks(int columns)
{
    private const int Shown = 5;
    private readonly List<long> _lines = [];
    private long _ragged;

    /// <summary>Checks a row. Empty fields at its end count for nothing.</summary>
    public void Add(DataRows row)
    {
        AreAlike &= row.Count == columns;
        var filled = row.Count;
        while (filled > columns && row[filled - 1].IsEmpty)
            filled--;
        if (filled == columns)
            return;
        _ragged++;
        if (_lines.Count < Shown)
            _lines.Add(row.Line);
    }

    /// <summary>Whether all rows are alike.</summary>
    public bool AreAlike { get; private set; } = true;

    /// <summary>What to tell; null where all rows are alike.</summary>
    public string? Warning => _ragged == 0 ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"{_ragged:N0} rows do not have {columns} fields (line {string.Join(", ", _lines)}{(_ragged > _lines.Count ? ", …" : "")}): missing fields are empty, extra ones were left out.");
}
