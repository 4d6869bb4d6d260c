using System.Globalization;
using System.Text;

namespace ProgressHub.Workloads.Analysis.Tables;

/// <summary>Names of columns as they are kept: one line each, bounded, and no two alike whatever their case.</summary>
internal static class ColumnNames
{
    private const int MaxName = 100;

    /// <summary>Names for columns.</summary>
    /// <param name="header">What the file calls them; empty where it does not.</param>
    /// <param name="places">Which field of the file each is; those without a name are called by it.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> header, IReadOnlyList<int> places)
    {
        List<string> names = [];
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < header.Count; i++)
        {
            var name = Clean(header[i]);
            if (name.Length == 0)
                name = string.Create(CultureInfo.InvariantCulture, $"column_{places[i] + 1}");
            var unique = name;
            for (var n = 2; !taken.Add(unique); n++)
                unique = string.Create(CultureInfo.InvariantCulture, $"{name}_{n}");
            names.Add(unique);
        }

        return names;
    }

    private static string Clean(string name)
    {
        var clean = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            var blank = Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;
            if (!blank)
                clean.Append(rune.ToString());
            else if (clean.Length > 0 && clean[^1] != ' ')
                clean.Append(' ');
            if (clean.Length >= MaxName)
                break;
        }

        return clean.ToString().Trim();
    }
}
