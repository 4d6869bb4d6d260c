namespace ProgressHub.Web.Components.Comparing;

/// <summary>
/// Finds the lines that two texts share, in order: a longest common subsequence (Hunt and Szymanski, 1977, describe the
/// problem; this is the plain table over what is left between a common beginning and end).
/// </summary>
internal static class LineDiff
{
    /// <summary>How many lines may differ in the middle of each text; beyond it the middles are laid side by side whole.</summary>
    public const int MostMiddle = 2000;

    /// <summary>The lines of both.</summary>
    public static IReadOnlyList<DiffLine> Of(IReadOnlyList<string> left, IReadOnlyList<string> right)
    {
        var start = 0;
        while (start < left.Count && start < right.Count && left[start] == right[start])
            start++;
        var end = 0;
        while (end < left.Count - start && end < right.Count - start && left[^(end + 1)] == right[^(end + 1)])
            end++;

        List<DiffLine> lines = [.. left.Take(start).Select(Same)];
        Middle([.. left.Skip(start).SkipLast(end)], [.. right.Skip(start).SkipLast(end)], lines);
        lines.AddRange(left.TakeLast(end).Select(Same));
        return lines;
    }

    private static DiffLine Same(string line) => new(line, line);

    private static void Middle(string[] left, string[] right, List<DiffLine> lines)
    {
        var common = left.Length <= MostMiddle && right.Length <= MostMiddle ? Lengths(left, right) : null;
        var (i, j) = (0, 0);
        while (i < left.Length || j < right.Length)
        {
            if (common is not null && i < left.Length && j < right.Length && left[i] == right[j])
            {
                lines.Add(Same(left[i]));
                (i, j) = (i + 1, j + 1);
            }
            else if (j >= right.Length || (i < left.Length && (common is null || common[i + 1, j] >= common[i, j + 1])))
            {
                lines.Add(new DiffLine(left[i++], null));
            }
            else
            {
                lines.Add(new DiffLine(null, right[j++]));
            }
        }
    }

    // How many lines the rests from each place on have in common.
    private static ushort[,] Lengths(string[] left, string[] right)
    {
        var lengths = new ushort[left.Length + 1, right.Length + 1];
        for (var i = left.Length - 1; i >= 0; i--)
        {
            for (var j = right.Length - 1; j >= 0; j--)
                lengths[i, j] = left[i] == right[j] ? (ushort)(lengths[i + 1, j + 1] + 1) : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
        }

        return lengths;
    }
}
