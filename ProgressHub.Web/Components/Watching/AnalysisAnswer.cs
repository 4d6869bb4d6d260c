using System.Text.Json;

namespace ProgressHub.Web.Components.Watching;

/// <summary>The result of a question over a table, as far as a page shows it.</summary>
/// <param name="Text">The answer in a sentence.</param>
/// <param name="Sql">The query that gave it, or null.</param>
/// <param name="Chart">What the chart shows; null where there is none.</param>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Rows">The rows, at most <see cref="MostRows"/>.</param>
/// <param name="RowCount">How many rows there are.</param>
/// <param name="Warnings">What the reader should know.</param>
internal sealed record AnalysisAnswer(
    string Text, string? Sql, string? Chart, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows,
    int RowCount, IReadOnlyList<string> Warnings)
{
    /// <summary>How many rows a page shows; the rest is in the download.</summary>
    public const int MostRows = 100;

    public static AnalysisAnswer Read(JsonElement result)
    {
        var rows = List(result, "rows");
        var chart = result.TryGetProperty("chart", out var c) && c.ValueKind == JsonValueKind.Object ? c : default;
        return new AnalysisAnswer(
            Word(result, "text") ?? "",
            Word(result, "sql"),
            Word(chart, "type") is null or "table" ? null : Word(chart, "title") ?? "Chart",
            [.. List(result, "columns").Select(column => Word(column, "name") ?? "")],
            [.. rows.Take(MostRows).Select(row => (IReadOnlyList<string>)[.. row.EnumerateArray().Select(Cell)])],
            rows.Count,
            [.. List(result, "warnings").Select(Cell)]);
    }

    private static List<JsonElement> List(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [];

    private static string? Word(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Cell(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.String => cell.GetString()!,
        _ => cell.GetRawText(),
    };
}
