using ProgressHub.Core.Workloads.Analysis.Tables;

namespace ProgressHub.Core.Workloads.Analysis.Planning;

/// <summary>What can be asked of a table, with its own columns.</summary>
internal static class PlannerHelp
{
    private const int MaxNamed = 12;

    /// <summary>A few questions that are understood.</summary>
    public static IReadOnlyList<string> Examples(TableProfile table)
    {
        var number = table.Columns.FirstOrDefault(c => c.IsNumber && !Words.OfName(c.Name).Any(Vocabulary.Identifiers.Contains));
        var second = table.Columns.FirstOrDefault(c => c.IsNumber && c != number && !Words.OfName(c.Name).Any(Vocabulary.Identifiers.Contains));
        var text = table.Columns.FirstOrDefault(c => c.Type == ColumnType.Text && c.Values.Count > 1);
        List<string?> examples =
        [
            text is not null && number is not null ? $"Average {number.Name} by {text.Name}" : null,
            text is not null && number is not null ? $"Top 5 {text.Name} by total {number.Name}" : null,
            table.Timeline is not null && number is not null ? $"Trend of {number.Name} by month" : null,
            number is not null && second is not null ? $"Correlation between {number.Name} and {second.Name}" : null,
            text is not null ? $"How many rows where {text.Name} is {text.Values[0]}?" : "How many rows are there?",
        ];
        return [.. examples.OfType<string>()];
    }

    /// <summary>What is understood.</summary>
    public static string For(TableProfile table)
    {
        var names = string.Join(", ", table.Columns.Take(MaxNamed).Select(c => c.Name)) + (table.Columns.Count > MaxNamed ? ", …" : "");
        return "The question was not understood. Name columns and what to do with them: highest or lowest, average, total, median, " +
            "count, standard deviation, volatility (of prices over time), correlation of two columns, trend by day, month or year; " +
            $"with \"by\" to group and \"where … is …\", \"above 100\" or \"in 2024\" to narrow down. The columns are {names}. " +
            $"For example: {string.Join("; ", Examples(table))}";
    }
}
