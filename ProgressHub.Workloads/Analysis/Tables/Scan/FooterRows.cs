using ProgressHub.Workloads.Analysis.Tables.Layout;

namespace ProgressHub.Workloads.Analysis.Tables.Scan;

/// <summary>
/// Finds what stands below a table and is no part of it: its source, remarks. Rows that may be that are held back until it is
/// known whether data follows.
/// </summary>
internal sealed class FooterRows(int columns)
{
    private const int MaxHeld = 10;
    private const int LongEnough = 25;

    private static readonly string[] Markers =
        ["source", "note", "remark", "quelle", "hinweis", "anmerkung", "stand:", "generated", "exported", "created", "report", "data as of", "as of", "last updated", "©", "*", "资料来源", "来源", "資料來源", "註", "注"];

    private readonly List<string[]> _held = [];
    private bool _tooMany;

    /// <summary>The first row that is no data; null where all are.</summary>
    public long? From { get; private set; }

    /// <summary>How many there are.</summary>
    public int Count => _held.Count;

    /// <summary>Whether a row is held back; those that were come back where data follows.</summary>
    public bool Hold(DataRows row, out IReadOnlyList<string[]> released)
    {
        released = [];
        if (columns > 1 && !_tooMany && _held.Count < MaxHeld && IsRemark(row))
        {
            From ??= row.Index;
            _held.Add(row.ToArray());
            return true;
        }

        if (_held.Count > 0)
        {
            // Data that looks like a remark once will do so again.
            released = [.. _held];
            _tooMany = _held.Count > 1;
            _held.Clear();
        }

        From = null;
        return false;
    }

    private bool IsRemark(DataRows row)
    {
        if (row.OnlyFilled() is not (>= 0 and var only))
            return false;
        var text = row[only].ToString();
        if (CellKinds.Of(text) != CellKind.Word)
            return false;
        if (Markers.Any(m => text.StartsWith(m, StringComparison.OrdinalIgnoreCase)))
            return true;

        // A lone field may as well be a row whose other fields are missing.
        return row.Count == 1 && (row.FollowsBlank || _held.Count > 0 || (text.Length >= LongEnough && text.Contains(' ', StringComparison.Ordinal)));
    }
}
