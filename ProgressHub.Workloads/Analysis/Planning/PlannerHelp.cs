using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning;

/// <summary>What can be asked of a table, with its own columns.</summary>
internal static class PlannerHelp
{
    private const int MaxNamed = 12;

    /// <summary>A few questions that are understood.</summary>
    public static IReadOnlyList<string> Examples(TableProfile table)
    {
        var number = table.Columns.FirstOrDefault(c => c.IsMeasure());
        var second = table.Columns.FirstOrDefault(c => c.IsMeasure() && c != number);
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
    /// <param name="table">The table.</param>
    /// <param name="why">What is wrong with the question; null where that is not known.</param>
    public static string For(TableProfile table, string? why = null) =>
        $"The question was not understood. {(why is null ? "" : $"{why} ")}Name columns and what to do with them: highest or lowest, average, total, median, " +
        "count, share, growth, standard deviation, volatility (of prices over time), correlation of two columns, trend by day, month or year; " +
        $"with \"by\" to group and \"where … is …\", \"above 100\" or \"in 2024\" to narrow down. {Columns(table)}";

    /// <summary>Which words have no place in the table.</summary>
    public static string Left(IReadOnlyList<string> words, TableProfile table) =>
        $"The question was not answered, because part of it was not understood: {string.Join(", ", words.Take(MaxNamed).Select(w => $"'{w}'"))}. " +
        $"The table has no column or value of that name, and leaving it out could change the answer. {Columns(table)}";

    private static string Columns(TableProfile table) =>
        $"The columns are {string.Join(", ", table.Columns.Take(MaxNamed).Select(c => c.Name))}{(table.Columns.Count > MaxNamed ? ", …" : "")}. " +
        $"For example: {string.Join("; ", Examples(table))}";
}
