using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>
/// A PDF whose table of objects is missing, since it was cut short or written by a small program, gets one: viewers look for the
/// objects themselves then (ISO 32000-1, annex C.2 leaves it to them).
/// </summary>
internal static partial class PdfRepair
{
    private const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>The file with a table of what objects are in it; null where there is nothing to go by.</summary>
    public static Stream? Of(Stream file)
    {
        if (file.Length > MaxBytes)
            return null;
        var bytes = new byte[file.Length];
        file.Position = 0;
        file.ReadExactly(bytes);
        var text = Encoding.Latin1.GetString(bytes);
        SortedDictionary<int, int> objects = [];
        foreach (var match in Object().EnumerateMatches(text))
        {
            var space = text.IndexOfAny([' ', '\r', '\n', '\t'], match.Index);
            if (int.TryParse(text.AsSpan(match.Index, space - match.Index), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                objects[number] = match.Index;
        }

        var catalog = Catalog().Match(text);
        var root = catalog.Success ? objects.Where(o => o.Value < catalog.Index).OrderBy(o => o.Value).Select(o => (int?)o.Key).LastOrDefault() : null;
        return root is { } found ? With(bytes, Table(objects, found, bytes.Length)) : null;
    }

    private static string Table(SortedDictionary<int, int> objects, int root, int at)
    {
        var table = new StringBuilder("\nxref\n0 1\n0000000000 65535 f \n");
        foreach (var (number, offset) in objects)
            table.Append(CultureInfo.InvariantCulture, $"{number} 1\n{offset:D10} 00000 n \n");
        return table.Append(CultureInfo.InvariantCulture, $"trailer<</Size {objects.Keys.Max() + 1}/Root {root} 0 R>>\nstartxref\n{at + 1}\n%%EOF\n").ToString();
    }

    private static MemoryStream With(byte[] bytes, string table) => new([.. bytes, .. Encoding.ASCII.GetBytes(table)]);

    [GeneratedRegex(@"\b[0-9]{1,9}[ \r\n\t]{1,4}0[ \r\n\t]{1,4}obj", RegexOptions.CultureInvariant)]
    private static partial Regex Object();

    [GeneratedRegex(@"/Type\s*/Catalog\b", RegexOptions.CultureInvariant)]
    private static partial Regex Catalog();
}
