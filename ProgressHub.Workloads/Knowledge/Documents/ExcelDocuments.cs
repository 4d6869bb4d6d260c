using System.Globalization;
using MiniExcelLibs;
using ProgressHub.Workloads.TextFiles;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>The sheets of a workbook, a table each; rows are read one after another.</summary>
internal sealed class ExcelDocuments
{
    private long _rows;
    private long? _all;

    /// <summary>The share of its rows that is read, 0..1; null where the workbook does not say how many it has.</summary>
    public double? Share => _all > 0 ? Math.Min(1, (double)_rows / _all.Value) : null;

    public IEnumerable<Section> Read(Stream file)
    {
        _all = WorkbookRows.Of(file);
        foreach (var sheet in MiniExcel.GetSheetNames(file))
        {
            var rows = MiniExcel.Query(file, useHeaderRow: false, sheetName: sheet, excelType: ExcelType.XLSX)
                .Cast<IDictionary<string, object?>>().Select(row => Line(row.Values));

            // Rows keep their numbers: an empty one counts.
            foreach (var section in TableText.Sections(sheet, rows.SkipWhile(r => r.Length == 0), page: null, line: 1))
                yield return section;
        }
    }

    private string Line(IEnumerable<object?> cells)
    {
        _rows++;
        return TableText.Row(cells.Select(Show));
    }

    private static string Show(object? cell) => cell switch
    {
        null => "",
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
        bool yes => yes ? "true" : "false",
        double number when Math.Abs(number) is < 1e15 and >= 1e-9 or 0 => ((decimal)number).ToString(CultureInfo.InvariantCulture),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "",
    };
}
