using System.Globalization;

namespace ProgressHub.Core.Workloads.Analysis.Tables;

/// <summary>Counts the rows that are longer or shorter than the first, and remembers where the first few are.</summary>
internal sealed class RowChecks
{
    private const int Shown = 5;
    private readonly List<long> _lines = [];
    private long _ragged;

    /// <summary>Checks a row. Empty fields at its end count for nothing.</summary>
    public void Add(IReadOnlyList<string> fields, int columns, long line)
    {
        var filled = fields.Count;
        while (filled > columns && fields[filled - 1].Length == 0)
            filled--;
        if (filled == columns)
            return;
        _ragged++;
        if (_lines.Count < Shown)
            _lines.Add(line);
    }

    /// <summary>What to tell; null where all rows are alike.</summary>
    public string? Warning(int columns) => _ragged == 0 ? null : string.Create(
        CultureInfo.InvariantCulture,
        $"{_ragged:N0} rows do not have {columns} fields (line {string.Join(", ", _lines)}{(_ragged > _lines.Count ? ", …" : "")}): missing fields are empty, extra ones were left out.");
}
