namespace ProgressHub.Workloads.Analysis.Tables.Scan;

/// <summary>Names of columns, out of one row or several.</summary>
internal static class HeaderNames
{
    /// <summary>A name for each column; empty where there is none.</summary>
    public static string[] Of(IReadOnlyList<string[]> header, int width)
    {
        var names = new string[width];
        var filled = header.Select((row, r) => r < header.Count - 1 ? Spread(row, header[^1]) : row).ToList();
        for (var i = 0; i < width; i++)
        {
            var parts = filled.Select(row => i < row.Length ? row[i].Trim() : "").Where(part => part.Length > 0).Distinct(StringComparer.Ordinal);
            names[i] = string.Join(' ', parts);
        }

        if (header.Count > 0 && width > 0)
            names[0] = names[0].TrimStart('#', ' ') is { Length: > 0 } bare ? bare : names[0];
        return names;
    }

    // The name of a group stands over its first column only, and is meant for those to the right of it that have a name below.
    private static string[] Spread(string[] row, string[] below)
    {
        var spread = (string[])row.Clone();
        for (var i = 1; i < spread.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(spread[i]) && i < below.Length && !string.IsNullOrWhiteSpace(below[i]))
                spread[i] = spread[i - 1];
        }

        return spread;
    }
}
