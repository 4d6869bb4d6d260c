using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.TextFiles;

/// <summary>How many rows a workbook says it has, before any of them is read.</summary>
internal static partial class WorkbookRows
{
    // A sheet says its bounds before its first row.
    private const int HeadBytes = 4096;

    /// <summary>The rows of all sheets together; null where one does not say, or the file is no workbook. The stream stands at its beginning afterwards.</summary>
    public static long? Of(Stream workbook)
    {
        workbook.Position = 0;
        try
        {
            using var zip = new ZipArchive(workbook, ZipArchiveMode.Read, leaveOpen: true);
            long? all = 0;
            foreach (var sheet in zip.Entries.Where(e => e.FullName.StartsWith("xl/worksheets/", StringComparison.OrdinalIgnoreCase) && e.Name.Length > 0))
                all += Of(sheet);
            return all;
        }
        catch (InvalidDataException)
        {
            // Whoever reads it says what is wrong.
            return null;
        }
        finally
        {
            workbook.Position = 0;
        }
    }

    private static long? Of(ZipArchiveEntry sheet)
    {
        using var stream = sheet.Open();
        var head = new byte[HeadBytes];
        var text = Encoding.Latin1.GetString(head, 0, stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        return Bounds().Match(text) is { Success: true } bounds ? long.Parse(bounds.Groups[1].Value, CultureInfo.InvariantCulture) : null;
    }

    [GeneratedRegex("""<(?:\w+:)?dimension\s[^>]*ref="(?:[A-Z]+\d+:)?[A-Z]+(\d{1,9})["]""")]
    private static partial Regex Bounds();
}
