using System.Globalization;
using DuckDB.NET.Data;
using ProgressHub.Workloads.Analysis.Tables;
using ProgressHub.Workloads.Analysis.Tables.Columns;
using ProgressHub.Workloads.Analysis.Tables.Layout;
using ProgressHub.Workloads.Analysis.Tables.Scan;

namespace ProgressHub.Workloads.Analysis.Engine;

/// <summary>Reads delimited text: once to decide what its columns are, once to write its rows.</summary>
internal sealed class DelimitedImport(FileStream file, TableLayout layout, TableReading? wanted, ImportDatabase database)
{
    private const int RowsBetweenReports = 5000;
    private const int MaxTotals = 100;

    // In the time of the first reading, which makes no rows: writing them, and what follows. Measured on two cores with files of
    // 100 MB to 1 GB; the engine's own reader and ours take about as long.
    private const double Writing = 1.25;
    private const double Counting = 0.15;
    private const double Saving = 0.06;

    private readonly List<long> _totals = [];

    /// <summary>What the reading decided, and what was odd.</summary>
    public TableReading? Reading { get; private set; }

    /// <summary>Says how long the steps take beside one another.</summary>
    /// <param name="pace">Hears it.</param>
    public static void Expect(ImportPace pace) => pace.Expect(
        (ImportStep.Learning, 1), (ImportStep.Writing, Writing), (ImportStep.Counting, Counting), (ImportStep.Saving, Saving));

    /// <summary>Reads.</summary>
    public IReadOnlyList<TableColumn> Run(ImportPace pace)
    {
        Expect(pace);
        pace.Begin(ImportStep.Learning);
        var scanned = new TableScan(file, layout, wanted).Run(share => pace.At(share, 0), CancellationToken.None);
        pace.Begin(ImportStep.Writing);
        var declared = scanned.Formats.Select(f => $"{SqlText.Name(f.Name)} {f.Stored}");
        database.Run($"CREATE TABLE {TableProfile.Table} ({string.Join(", ", declared)})");
        var appenders = scanned.Formats.Select(f => new ColumnAppender(f)).ToArray();
        List<string> kept = [];
        if (wanted?.Columns is null && PlainCopy.TryWrite(database, file.Name, layout, scanned, share => pace.At(share, (long)(share * scanned.Rows))))
        {
            Reading = ReadingView.Of(layout, scanned, [], wanted);
            return [.. scanned.Formats.Select(f => Column(f, kept))];
        }

        // Where the engine did not, all of it is to be written by ours.
        pace.Begin(ImportStep.Writing);
        using (var appender = database.Connection.CreateAppender(TableProfile.Table))
            kept = Write(scanned, appenders, appender, pace);
        scanned.Notes.AddRange(appenders.Select(a => a.Note).OfType<string>());
        if (_totals.Count > 0)
            scanned.Notes.Add(string.Create(CultureInfo.InvariantCulture, $"{(_totals.Count == 1 ? "A row of totals was" : $"{_totals.Count} rows of totals were")} left out (line {string.Join(", ", _totals.Take(5))}{(_totals.Count > 5 ? ", …" : "")}), so that nothing is counted twice."));
        Reading = ReadingView.Of(layout, scanned, [.. _totals.Take(MaxTotals)], wanted);
        return [.. scanned.Formats.Select(f => Column(f, kept))];
    }

    private List<string> Write(ScannedTable scanned, ColumnAppender[] appenders, DuckDBAppender appender, ImportPace pace)
    {
        var rows = new DataRows(file, layout);
        var check = scanned.Totals.Any ? new TotalsCheck(appenders.Length) : null;
        List<string> kept = [];
        long written = 0;
        while (rows.Read() && (scanned.FooterFrom is not { } footer || rows.Index < footer))
        {
            if (check is not null && IsTotals(rows, scanned, appenders, check, kept))
            {
                _totals.Add(rows.Line);
                continue;
            }

            var row = appender.CreateRow();
            for (var i = 0; i < appenders.Length; i++)
                appenders[i].Append(row, rows[scanned.Sources[i]]);
            row.EndRow();
            if (++written % RowsBetweenReports == 0)
                pace.At((double)file.Position / file.Length, written);
        }

        pace.At(1, written);
        return kept;
    }

    private static bool IsTotals(DataRows row, ScannedTable scanned, ColumnAppender[] appenders, TotalsCheck check, List<string> kept)
    {
        var values = new double?[appenders.Length];
        for (var i = 0; i < values.Length; i++)
            values[i] = appenders[i].IsNumber ? appenders[i].NumberOf(row[scanned.Sources[i]]) : null;
        if (scanned.Totals.LabelOf(row.Index) is { } label)
        {
            if (check.IsTotals(values, isNamed: label >= 0))
                return true;
            if (label >= 0)
            {
                kept.Add(row[label].ToString());
                scanned.Notes.Add(string.Create(CultureInfo.InvariantCulture, $"Line {row.Line} is called '{row[label]}' but does not hold the totals of those above it, so it was kept as data."));
            }
        }

        check.Add(values);
        return false;
    }

    private static TableColumn Column(ColumnFormat format, List<string> kept) => new(
        format.Name, format.Type, 0, null, null,
        format.Values.Count > 0 && kept.Count > 0 ? [.. format.Values.Union(kept, StringComparer.Ordinal).Order(StringComparer.Ordinal)] : format.Values)
    {
        Written = format.Written,
        Stored = format.Stored,
        Unit = format.Unit,
        Samples = format.Samples,
    };
}
