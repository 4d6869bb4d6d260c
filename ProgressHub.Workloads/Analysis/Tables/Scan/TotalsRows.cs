using System.Buffers;

namespace ProgressHub.Workloads.Analysis.Tables.Scan;

/// <summary>Rows that may be totals of those above, by what they are called; whether they are, their sums must say.</summary>
internal sealed class TotalsRows
{
    private const int MaxRows = 1000;
    private const int MaxLabel = 60;

    private static readonly string[] Words =
    [
        "total", "totals", "grand total", "subtotal", "sub-total", "sub total", "sum", "overall", "summe", "gesamt", "gesamtsumme", "zwischensumme", "insgesamt",
        "totale", "total général", "total general", "somme", "suma", "totaal", "average", "mean", "avg", "durchschnitt", "moyenne", "promedio", "media",
        "合计", "合計", "总计", "總計", "小计", "小計", "总和", "平均",
    ];

    // What each of them has; most cells have none.
    private static readonly SearchValues<string> Signs = SearchValues.Create(
        [
            "total", "sum", "overall", "gesamt", "insgesamt", "somme", "totaal", "average", "mean", "avg", "durchschnitt", "moyenne", "promedio", "media",
            "合", "总", "總", "小计", "小計", "平均",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly HashSet<string> Known = new(Words, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<long, int> _rows = [];

    /// <summary>Whether a row may be totals, and is remembered as such.</summary>
    public bool Note(DataRows row)
    {
        if (_rows.Count >= MaxRows || LabelAt(row) is not (>= 0 and var label))
            return false;
        _rows.Add(row.Index, label);
        return true;
    }

    /// <summary>Has a row without any name count too: the last, where the others have one.</summary>
    public void NoteLast(long index) => _rows.TryAdd(index, -1);

    /// <summary>The field that calls a row totals, -1 for one without a name; null for any other row.</summary>
    public int? LabelOf(long index) => _rows.TryGetValue(index, out var label) ? label : null;

    /// <summary>Whether there are any.</summary>
    public bool Any => _rows.Count > 0;

    private static int LabelAt(DataRows row)
    {
        for (var i = 0; i < row.Count; i++)
        {
            var cell = row[i];
            if (cell.IsEmpty)
                continue;
            if (cell.Length > MaxLabel || !(char.IsLetter(cell[0]) || cell[0] is '(' or '*'))
                return -1;
            if (!cell.ContainsAny(Signs))
                return -1;
            return IsLabel(cell.Trim(":*() ").ToString()) ? i : -1;
        }

        return -1;
    }

    // "Total", "Total East", "East Total", "Total (3 rows)".
    private static bool IsLabel(string text) =>
        Known.Contains(text)
        || (text.Split(' ', 2) is [var first, _] && IsTotal(first)) || (text.Split(' ') is [.., var last] && text.Contains(' ', StringComparison.Ordinal) && IsTotal(last));

    private static bool IsTotal(string word) => word.Trim(":()".ToCharArray()).ToLowerInvariant() is "total" or "totals" or "subtotal" or "summe" or "gesamt" or "totale";
}
