using System.Globalization;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Tables.Columns;
using ProgressHub.Workloads.Analysis.Tables.Layout;

namespace ProgressHub.Workloads.Analysis.Tables.Scan;

/// <summary>Reads all of a file once and decides what its columns are.</summary>
/// <param name="file">The file.</param>
/// <param name="layout">How it is laid out.</param>
/// <param name="wanted">What a person said about it; null for nothing.</param>
/// <param name="processors">How many processors may be busy; null for all there are.</param>
internal sealed class TableScan(Stream file, TableLayout layout, TableReading? wanted, int? processors = null)
{
    /// <summary>How many columns a table may have.</summary>
    public const int MaxColumns = 2500;

    private const int RowsBetweenReports = 2000;
    private readonly List<string> _notes = [];
    private readonly TotalsRows _totals = new();

    /// <summary>Reads.</summary>
    /// <param name="progress">Hears the share that is read, 0..1.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="WorkloadException"><c>empty_table</c>, <c>invalid_csv</c>, <c>too_many_columns</c> or <c>invalid_reading</c>.</exception>
    public ScannedTable Run(Action<double> progress, CancellationToken cancellationToken)
    {
        var rows = new DataRows(file, layout);
        var more = rows.Read();
        var firstLine = rows.Line;
        var width = Math.Max(rows.Header.Count > 0 ? rows.Header.Max(h => h.Length) : 0, rows.Header.Count == 0 && more ? rows.Count : 0);
        if (width > MaxColumns)
            throw new WorkloadException("too_many_columns", $"The table has {width} columns; at most {MaxColumns} are taken.");
        var learning = new ColumnLearning(width, processors ?? Environment.ProcessorCount);
        var (checks, footer) = (new RowChecks(width), new FooterRows(width));
        long count = 0;
        long last = -1;
        var lastIsNameless = false;
        for (; more; more = rows.Read())
        {
            if (footer.Hold(rows, out var released))
                continue;
            foreach (var held in released)
                learning.Add(held);
            count += released.Count + 1;
            last = rows.Index;
            checks.Add(rows);
            lastIsNameless = width > 1 && rows[0].IsEmpty;
            var label = !(wanted?.KeepTotals ?? false) && _totals.Note(rows) ? _totals.LabelOf(rows.Index)!.Value : -1;
            learning.Add(rows, label);
            if (count % RowsBetweenReports != 0)
                continue;
            cancellationToken.ThrowIfCancellationRequested();
            progress((double)file.Position / file.Length);
        }

        if (count == 0)
            throw new WorkloadException("empty_table", "The table has no rows.");
        var facts = learning.Complete();
        if (lastIsNameless && count > 2 && !(wanted?.KeepTotals ?? false))
            _totals.NoteLast(last);
        NoteOddities(rows, checks, footer);
        var (formats, sources) = Decide(rows.Header, facts);
        var isPlain = layout.IsPlain && firstLine == layout.HeaderRows + 1 && checks.AreAlike && !rows.HasPadding && rows.Blank + rows.Repeated == 0
            && !_totals.Any && footer.Count == 0 && formats.Zip(sources).All(f => IsPlain(f.First, facts[f.Second]));
        return new ScannedTable(formats, sources, _totals, footer.From, _notes)
        {
            FooterRows = footer.Count,
            Rows = count,
            Filled = [.. sources.Select(s => facts[s].Filled)],
            Width = width,
            PlainFrom = isPlain ? layout.HeaderRows : null,
        };
    }

    private static bool IsPlain(ColumnFormat format, ColumnFacts facts) => !facts.HasMarks && format.Type switch
    {
        ColumnType.Whole or ColumnType.Real => facts.Numbers is { IsPlain: true, IsAlive: true } && !format.DecimalComma,
        ColumnType.Date or ColumnType.DateTime => facts.Dates is { IsPlain: true, IsAlive: true },
        _ => true,
    };

    private (IReadOnlyList<ColumnFormat> Formats, int[] Sources) Decide(IReadOnlyList<string[]> header, ColumnFacts[] facts)
    {
        var written = HeaderNames.Of(header, facts.Length);

        // A delimiter at the end of each line makes a column that is none.
        var kept = Enumerable.Range(0, facts.Length)
            .Where(i => !string.IsNullOrWhiteSpace(written[i]) || facts[i].Filled > 0 || facts[i].Marks.Count > 0).ToArray();
        var names = ColumnNames.Of([.. kept.Select(i => written[i])], kept);
        NoteNames(header.Count, kept.Select(i => written[i]).ToArray(), names);
        var evidence = FileEvidence.Of(facts, layout.Delimiter);
        var wishes = ColumnWishes.Of(wanted?.Columns, names, [.. kept.Select(i => written[i])]);
        ColumnFormat[] formats =
        [
            .. kept.Select((source, i) => new ColumnDecision(names[i], written[source] is { Length: > 0 } name ? name : names[i], facts[source], evidence)
                .Decide(wishes.GetValueOrDefault(i))),
        ];
        _notes.AddRange(formats.SelectMany(f => f.Notes));
        return (formats, kept);
    }

    private void NoteNames(int headerRows, string[] written, IReadOnlyList<string> names)
    {
        if (headerRows == 0)
            _notes.Add("The first row does not look like names, so columns are called column_1, column_2, ….");
        if (headerRows > 1)
            _notes.Add($"The names of the columns stand in {headerRows} rows; they were put together.");
        var twice = written.Where(w => !string.IsNullOrWhiteSpace(w)).GroupBy(w => w.Trim(), StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key).ToList();
        if (twice.Count > 0 && headerRows == 1)
            _notes.Add($"Several columns are called {string.Join(", ", twice.Take(5).Select(t => $"'{t}'"))}; the later ones were numbered: {string.Join(", ", names.Where(n => twice.Exists(t => n.StartsWith(t + "_", StringComparison.OrdinalIgnoreCase))).Take(5))}.");
    }

    private void NoteOddities(DataRows rows, RowChecks checks, FooterRows footer)
    {
        if (layout.SkipRows > 0)
            _notes.Add(string.Create(CultureInfo.InvariantCulture, $"{Count(layout.SkipRows, "row")} above the names of the columns {Were(layout.SkipRows)} left out."));
        if (rows.Blank > 0 && rows.Blank > layout.SkipRows)
            _notes.Add(string.Create(CultureInfo.InvariantCulture, $"{Count(rows.Blank, "row")} without anything {Were(rows.Blank)} left out."));
        if (rows.Repeated > 0)
            _notes.Add(string.Create(CultureInfo.InvariantCulture, $"{Count(rows.Repeated, "row")} that only {(rows.Repeated == 1 ? "repeats" : "repeat")} the names {Were(rows.Repeated)} left out."));
        if (footer.Count > 0)
            _notes.Add(string.Create(CultureInfo.InvariantCulture, $"{Count(footer.Count, "row")} of remarks below the table {Were(footer.Count)} left out."));
        if (checks.Warning is { } ragged)
            _notes.Add(ragged);
    }

    private static string Count(long count, string what) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");

    private static string Were(long count) => count == 1 ? "was" : "were";
}
