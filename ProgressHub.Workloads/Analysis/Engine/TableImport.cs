using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Tables;
using ProgressHub.Workloads.Analysis.Tables.Layout;
using ProgressHub.Workloads.TextFiles;

namespace ProgressHub.Workloads.Analysis.Engine;

/// <summary>Reads a file, of whatever kind, into a database of its own.</summary>
internal sealed class TableImport(ImportRequest request, TimeProvider time)
{
    /// <summary>Reads.</summary>
    /// <param name="progress">Hears how far it is.</param>
    /// <exception cref="WorkloadException">
    /// <c>not_a_table</c>, <c>invalid_csv</c>, <c>empty_table</c>, <c>too_many_columns</c> or <c>invalid_reading</c>.
    /// </exception>
    public TableProfile Run(Action<ImportProgress> progress)
    {
        using var file = File.OpenRead(request.Source);
        if (file.Length == 0)
            throw new WorkloadException("empty_table", "The table has no rows.");
        var kind = FileKinds.Of(file);
        using var database = new ImportDatabase(request.Target);
        var pace = new ImportPace(time, progress);
        var (columns, reading) = kind switch
        {
            FileKind.Parquet => (new ParquetImport(request.Source, database).Run(pace), new TableReading { Format = "parquet" }),
            FileKind.Workbook => OfWorkbook(database, pace),
            _ => OfText(file, database, pace),
        };
        var rows = database.CountRows();
        if (rows == 0)
            throw new WorkloadException("empty_table", "The table has no rows.");
        pace.Begin(ImportStep.Counting);
        var known = database.Describe(columns, rows, share => pace.At(share, rows));
        pace.Begin(ImportStep.Saving);
        database.Complete();
        progress(new ImportProgress(1, rows));
        return new TableProfile(request.Id, request.Name, rows, file.Length, known, reading.Notes ?? []) { Reading = reading };
    }

    private (IReadOnlyList<TableColumn> Columns, TableReading Reading) OfText(
        FileStream file, ImportDatabase database, ImportPace pace)
    {
        var source = request.Reading?.Encoding is { } named
            ? new TextSource(TextSource.Find(named) ?? throw Invalid($"There is no encoding '{named}'."), null)
            : TextSource.Of(file, CancellationToken.None)
                ?? throw new WorkloadException("not_a_table", "The file is not text: it has zero bytes. Send CSV or TSV in UTF-8, an .xlsx workbook, or Parquet.");
        var layout = TableLayout.Of(file, source.Encoding, request.Reading);
        var import = new DelimitedImport(file, layout, request.Reading, database);
        var columns = import.Run(pace);
        var reading = import.Reading!;
        return source.Warning is { } warning && layout.Encoding == source.Encoding
            ? (columns, reading with { Notes = [warning, .. reading.Notes ?? []] })
            : (columns, reading);
    }

    private (IReadOnlyList<TableColumn> Columns, TableReading Reading) OfWorkbook(ImportDatabase database, ImportPace pace)
    {
        var draft = $"{request.Target}.csv";
        try
        {
            pace.Expect((ImportStep.Unpacking, 6));
            pace.Begin(ImportStep.Unpacking);
            var (sheet, sheets) = WorkbookText.Write(request.Source, draft, request.Reading?.Sheet, share => pace.At(share, 0));
            using var text = File.OpenRead(draft);
            var wanted = (request.Reading ?? new TableReading()) with { Delimiter = WorkbookText.Delimiter.ToString(), Quote = "\"" };
            var layout = TableLayout.Of(text, System.Text.Encoding.UTF8, wanted);
            var import = new DelimitedImport(text, layout, wanted, database);
            var columns = import.Run(pace);
            var others = sheets.Count > 1 ? [$"The workbook has {sheets.Count} sheets; '{sheet}' was read. The others: {string.Join(", ", sheets.Where(s => s != sheet).Take(10))}."] : Array.Empty<string>();
            return (columns, import.Reading! with
            {
                Format = "xlsx", Delimiter = null, Encoding = null, Quote = null, Sheet = sheet, Sheets = sheets, Notes = [.. others, .. import.Reading!.Notes ?? []],
            });
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private static WorkloadException Invalid(string message) => new("invalid_reading", message) { Property = "reading" };
}
