using System.Globalization;
using MiniExcelLibs;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>The sheets of a workbook, a table each; rows are read one after another.</summary>
internal static class ExcelDocuments
{
    public static IEnumerable<Section> Read(Stream file)
    {
        foreach (var sheet in MiniExcel.GetSheetNames(file))
        {
            var rows = MiniExcel.Query(file, useHeaderRow: false, sheetName: sheet, excelType: ExcelType.XLSX)
                .Cast<IDictionary<string, object?>>().Select(row => TableText.Row(row.Values.Select(Show)));

            // Rows keep their numbers: an empty one counts.
            foreach (var section in TableText.Sections(sheet, rows.SkipWhile(r => r.Length == 0), page: null, line: 1))
                yield return section;
        }
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
