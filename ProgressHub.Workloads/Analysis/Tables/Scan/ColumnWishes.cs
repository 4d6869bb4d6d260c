using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Analysis.Tables.Scan;

/// <summary>What a person said about columns, by the columns that there are.</summary>
internal static class ColumnWishes
{
    /// <summary>Finds the columns that are meant.</summary>
    /// <exception cref="WorkloadException"><c>invalid_reading</c>: there is no such column.</exception>
    public static Dictionary<int, ColumnReading> Of(IReadOnlyList<ColumnReading>? wanted, IReadOnlyList<string> names, string[] written)
    {
        Dictionary<int, ColumnReading> found = [];
        foreach (var wish in wanted ?? [])
        {
            var at = Find(names, wish.Name);
            if (at < 0)
                at = Find(written, wish.Name);
            if (at < 0)
                throw new WorkloadException("invalid_reading", $"The table has no column '{wish.Name}'; it has {string.Join(", ", names.Take(20))}.") { Property = "reading" };
            found[at] = wish;
        }

        return found;
    }

    private static int Find(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i].Trim(), name.Trim(), StringComparison.OrdinalIgnoreCase))
                return i;
        }

        return -1;
    }
}
