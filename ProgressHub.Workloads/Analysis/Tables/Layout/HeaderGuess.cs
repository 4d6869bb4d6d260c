namespace ProgressHub.Workloads.Analysis.Tables.Layout;

/// <summary>Where a table begins in the first rows of a file: what stands above it, and which rows name its columns.</summary>
/// <param name="Skip">How many rows stand above it.</param>
/// <param name="Header">How many rows name its columns.</param>
internal sealed record HeaderGuess(int Skip, int Header)
{
    private const int MaxHeader = 3;
    private const int BodyRows = 50;
    private const int MostSkipped = 30;

    /// <summary>Guesses.</summary>
    /// <param name="rows">The first rows.</param>
    /// <param name="skip">How many stand above the table, where that is known.</param>
    public static HeaderGuess Of(List<string[]> rows, int? skip = null)
    {
        var first = skip ?? TitleRows(rows);
        var table = rows.Skip(first).Where(r => r.Any(c => !string.IsNullOrWhiteSpace(c))).ToList();
        if (table.Count == 0)
            return new HeaderGuess(first, 0);
        if (!IsHeader(table))
            return new HeaderGuess(first, 0);
        var header = 1;
        while (header < MaxHeader && header + 1 < table.Count && GoesOn(table, header))
            header++;
        return new HeaderGuess(first, header);
    }

    // Rows that have far fewer cells than the table has columns, above the first that has as many.
    private static int TitleRows(List<string[]> rows)
    {
        var counts = rows.Select(Filled).ToList();
        var widths = counts.Where(c => c > 0).ToList();
        if (widths.Count < 2)
            return 0;
        var usual = widths.GroupBy(w => w).OrderByDescending(g => g.Count()).ThenByDescending(g => g.Key).First().Key;
        if (usual < 2)
            return 0;
        var least = Math.Max(2, (usual + 1) / 2);
        var first = counts.FindIndex(c => c >= least);
        if (first is <= 0 or > MostSkipped)
            return 0;

        // Names over groups of columns are a row of names already.
        return IsGroups(rows[first - 1]) ? first - 1 : first;
    }

    // Several cells with room between them, or to the left of them: each stands over the first of its columns.
    private static bool IsGroups(string[] row)
    {
        var filled = Enumerable.Range(0, row.Length).Where(i => !IsBlank(row[i])).ToArray();
        return filled.Length >= 2 && (filled[0] > 0 || filled[^1] - filled[0] >= filled.Length);
    }

    private static int Filled(string[] row) => row.Count(c => !string.IsNullOrWhiteSpace(c));

    // Names are words, or periods that go on by one; what is below them is something else, or at least no repetition.
    private static bool IsHeader(List<string[]> table)
    {
        var first = table[0];
        var cells = first.Where(c => !string.IsNullOrWhiteSpace(c)).ToArray();
        if (cells.Length == 0 || cells.Length * 2 < first.Length - TrailingEmpty(first))
            return false;
        var kinds = cells.Select(CellKinds.Of).ToArray();
        if (cells.Distinct(StringComparer.OrdinalIgnoreCase).Count() * 2 <= cells.Length)
            return false;
        var words = kinds.Count(k => k == CellKind.Word);
        if (kinds.All(k => k is CellKind.Word or CellKind.Empty))
            return words > 0;
        return IsPeriods(cells, kinds, table);
    }

    // Years or dates as names: each its own and in order, and the column below is of something else.
    private static bool IsPeriods(string[] cells, CellKind[] kinds, List<string[]> table)
    {
        if (kinds.Any(k => k is CellKind.Number))
            return false;
        var periods = cells.Where((_, i) => kinds[i] is CellKind.Year or CellKind.Date).ToArray();
        if (table.Count < 2 || periods.Distinct(StringComparer.Ordinal).Count() < periods.Length)
            return false;
        var words = kinds.Count(k => k == CellKind.Word);
        if (periods.Length == 1 && words < 1)
            return false;
        if (!IsSequence(periods))
            return false;

        // Below years there are other numbers than years, as a rule.
        var columns = Enumerable.Range(0, table[0].Length).Where(i => CellKinds.Of(table[0][i]) is CellKind.Year or CellKind.Date);
        return columns.Any(column => Body(table, 1).Any(row => column < row.Length && CellKinds.Of(row[column]) is CellKind.Number or CellKind.Word));
    }

    private static bool IsSequence(string[] periods)
    {
        if (periods.Length == 1)
            return true;
        var years = periods.Select(p => int.TryParse(p.Trim(), out var y) ? y : (int?)null).ToArray();
        if (years.Any(y => y is null))
            return true;
        var step = years[1]!.Value - years[0]!.Value;
        return step != 0 && Enumerable.Range(1, years.Length - 1).All(i => years[i]!.Value - years[i - 1]!.Value == step);
    }

    // A further row of names: words where the rows below have numbers or dates, or the names below a row of groups.
    private static bool GoesOn(List<string[]> table, int header)
    {
        var row = table[header];
        var body = Body(table, header + 1).ToList();
        if (body.Count == 0)
            return false;
        var kinds = row.Select(CellKinds.Of).ToArray();
        if (!kinds.Any(k => k is CellKind.Word or CellKind.Year or CellKind.Date) || kinds.Any(k => k == CellKind.Number))
            return false;
        var numeric = Enumerable.Range(0, row.Length).Where(i => IsNumeric(body, i)).ToList();
        var named = numeric.Count(i => i < kinds.Length && kinds[i] == CellKind.Word);
        var dated = numeric.Count(i => i < kinds.Length && kinds[i] is CellKind.Year or CellKind.Date && !IsOfTime(body, i));
        if (named + dated == 0 || numeric.Any(i => i < kinds.Length && kinds[i] == CellKind.Empty && !IsBlank(row[i])))
            return false;

        // All columns of numbers have a word here, or those have whose group is named above. One word alone may be a bad cell.
        return (named + dated == numeric.Count && (numeric.Count > 1 || IsBlank(row[0]) || row[numeric[0]].Trim() is ['(' or '[', ..]))
            || (HasGroups(table[header - 1]) && named + dated >= 2);
    }

    private static bool HasGroups(string[] row) => Filled(row) < row.Length - TrailingEmpty(row)
        || row.Where(c => !IsBlank(c)).GroupBy(c => c, StringComparer.OrdinalIgnoreCase).Any(g => g.Count() > 1);

    private static bool IsNumeric(List<string[]> body, int column)
    {
        var kinds = body.Where(r => column < r.Length).Select(r => CellKinds.Of(r[column])).Where(k => k != CellKind.Empty).ToList();
        return kinds.Count > 0 && kinds.Count(k => k is CellKind.Number or CellKind.Year or CellKind.Date) * 10 >= kinds.Count * 9;
    }

    // Below a year that is a name stand numbers; below one that is data stand years.
    private static bool IsOfTime(List<string[]> body, int column) =>
        body.Exists(r => column < r.Length && CellKinds.Of(r[column]) is CellKind.Year or CellKind.Date);

    private static IEnumerable<string[]> Body(List<string[]> table, int from) => table.Skip(from).Take(BodyRows);

    private static int TrailingEmpty(string[] row) => row.Reverse().TakeWhile(IsBlank).Count();

    private static bool IsBlank(string cell) => string.IsNullOrWhiteSpace(cell);
}
