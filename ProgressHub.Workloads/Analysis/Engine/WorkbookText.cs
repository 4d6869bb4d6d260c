using System.Globalization;
using System.Text;
using MiniExcelLibs;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.TextFiles;

namespace ProgressHub.Workloads.Analysis.Engine;

/// <summary>Writes a sheet of a workbook as plain CSV, so that one reading decides about all kinds of files.</summary>
internal static class WorkbookText
{
    /// <summary>What stands between fields.</summary>
    public const char Delimiter = ',';

    private const int RowsBetweenReports = 2000;

    /// <summary>Writes the sheet that is wanted, else the first that has rows; returns its name and those of all.</summary>
    /// <param name="source">The workbook.</param>
    /// <param name="target">Where the CSV goes.</param>
    /// <param name="wanted">The sheet; null for the first that has rows.</param>
    /// <param name="progress">Hears the share that is written, 0..1, where the workbook says how many rows it has.</param>
    /// <exception cref="WorkloadException"><c>invalid_reading</c>, <c>not_a_table</c> or <c>empty_table</c>.</exception>
    public static (string Sheet, IReadOnlyList<string> Sheets) Write(string source, string target, string? wanted, Action<double> progress)
    {
        try
        {
            using var file = File.OpenRead(source);
            var all = WorkbookRows.Of(file);
            var sheets = MiniExcel.GetSheetNames(file);
            if (wanted is not null && !sheets.Contains(wanted, StringComparer.OrdinalIgnoreCase))
                throw new WorkloadException("invalid_reading", $"The workbook has no sheet '{wanted}'; it has {string.Join(", ", sheets.Take(20))}.") { Property = "reading" };
            foreach (var sheet in wanted is null ? sheets : sheets.Where(s => s.Equals(wanted, StringComparison.OrdinalIgnoreCase)))
            {
                if (WriteSheet(file, sheet, target, Read) > 0)
                    return (sheet, sheets);
            }

            // A sheet without rows comes before the one that has them.
            void Read(long rows) => progress(all > 0 ? Math.Min(1, (double)rows / all.Value) : 0);
        }
        catch (Exception broken) when (broken is InvalidDataException or System.Xml.XmlException or FormatException or KeyNotFoundException or ArgumentException or NullReferenceException or IndexOutOfRangeException)
        {
            throw new WorkloadException("not_a_table", "The workbook can't be read: it is damaged, or no .xlsx.", broken);
        }

        throw new WorkloadException("empty_table", "The table has no rows.");
    }

    private static long WriteSheet(FileStream file, string sheet, string target, Action<long> progress)
    {
        using var text = new StreamWriter(target, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 256 * 1024);
        long rows = 0;
        foreach (var row in MiniExcel.Query(file, useHeaderRow: false, sheetName: sheet, excelType: ExcelType.XLSX).Cast<IDictionary<string, object?>>())
        {
            var first = true;
            foreach (var cell in row.Values)
            {
                if (!first)
                    text.Write(Delimiter);
                first = false;
                WriteCell(text, Show(cell));
            }

            text.Write('\n');
            if (++rows % RowsBetweenReports == 0)
                progress(rows);
        }

        return rows;
    }

    private static string Show(object? cell) => cell switch
    {
        null => "",
        DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
        bool yes => yes ? "true" : "false",
        double number => Number(number),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "",
    };

    // A workbook keeps whole numbers as doubles too; an exponent would make them look like codes.
    private static string Number(double number) =>
        Math.Abs(number) < 1e15 && Math.Floor(number) == number ? number.ToString("F0", CultureInfo.InvariantCulture)
        : Math.Abs(number) is >= 1e-9 and < 1e15 ? ((decimal)number).ToString(CultureInfo.InvariantCulture)
        : number.ToString("R", CultureInfo.InvariantCulture);

    private static void WriteCell(StreamWriter text, string cell)
    {
        if (!cell.AsSpan().ContainsAny("\",\r\n") && !cell.StartsWith(' '))
        {
            text.Write(cell);
            return;
        }

        text.Write('"');
        text.Write(cell.Replace("\"", "\"\"", StringComparison.Ordinal));
        text.Write('"');
    }
}
