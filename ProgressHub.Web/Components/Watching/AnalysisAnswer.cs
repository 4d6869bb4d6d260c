using System.Globalization;
using System.Text.Json;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.Analysis.Charts;
using ProgressHub.Workloads.Analysis.Results;

namespace ProgressHub.Web.Components.Watching;

/// <summary>The result of a question over a table, as far as a page shows it.</summary>
/// <param name="Text">The answer in a sentence.</param>
/// <param name="Sql">The query that gave it, or null.</param>
/// <param name="Explanation">What the query does, or null.</param>
/// <param name="Chart">What the chart shows; null where there is none.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows, at most <see cref="MostRows"/>.</param>
/// <param name="RowCount">How many rows there are.</param>
/// <param name="Warnings">What the reader should know.</param>
internal sealed record AnalysisAnswer(
    string Text, string? Sql, string? Explanation, string? Chart, IReadOnlyList<AnswerColumn> Columns,
    IReadOnlyList<IReadOnlyList<string>> Rows, int RowCount, IReadOnlyList<string> Warnings)
{
    /// <summary>How many rows a page shows; the rest is in the download.</summary>
    public const int MostRows = 100;

    /// <summary>Whether it was taken from an earlier question.</summary>
    public bool Cached { get; init; }

    /// <summary>The chart, drawn in the colours of the page: SVG whose every text is escaped. Null where there is none.</summary>
    public string? Drawing { get; init; }

    /// <summary>Questions that would be understood, where this one was not.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    public static AnalysisAnswer Read(JsonElement result)
    {
        var rows = List(result, "rows");
        var chart = result.TryGetProperty("chart", out var c) && c.ValueKind == JsonValueKind.Object ? c : default;
        return new AnalysisAnswer(
            Word(result, "text") ?? "",
            Word(result, "sql"),
            Word(result, "explanation"),
            Word(chart, "type") is null or "table" ? null : Word(chart, "title") ?? UiText.Of("Chart"),
            [.. List(result, "columns").Select((column, place) => new AnswerColumn(Word(column, "name") ?? "", IsNumeric(rows, place)))],
            [.. rows.Take(MostRows).Select(row => (IReadOnlyList<string>)[.. row.EnumerateArray().Select(Cell)])],
            rows.Count,
            [.. List(result, "warnings").Select(Cell)])
        {
            Cached = result.TryGetProperty("cached", out var cached) && cached.ValueKind == JsonValueKind.True,
            Drawing = Drawn(result) is { } drawn ? SvgChart.Draw(drawn, ChartInk.OfPage) : null,
            Examples = [.. List(result, "examples").Select(Cell)],
        };
    }

    // Judged by what is shown: nulls are anything.
    private static bool IsNumeric(IEnumerable<JsonElement> rows, int place) => rows.Take(MostRows)
        .Where(row => row.GetArrayLength() > place).Select(row => row[place].ValueKind)
        .Where(kind => kind != JsonValueKind.Null).DefaultIfEmpty(JsonValueKind.String).All(kind => kind == JsonValueKind.Number);

    private static ChartSpec? Drawn(JsonElement result) => result.TryGetProperty("chart", out var chart) && chart.ValueKind == JsonValueKind.Object
        ? chart.Deserialize(AnalysisJson.Default.ChartSpec)
        : null;

    private static List<JsonElement> List(JsonElement element, string property) =>
        element.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : [];

    private static string? Word(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // As many digits as mean something to a reader; the download has all of them.
    private static string Number(double value) =>
        value.ToString(Math.Abs(value) < 100_000 ? "G6" : "0.##", CultureInfo.InvariantCulture);

    private static string Cell(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "",
        JsonValueKind.String => cell.GetString()!,
        JsonValueKind.Number when !cell.TryGetInt64(out _) => Number(cell.GetDouble()),
        _ => cell.GetRawText(),
    };
}

/// <summary>A column of an answer.</summary>
/// <param name="Name">What the query calls it.</param>
/// <param name="IsNumeric">Whether its values are numbers.</param>
internal sealed record AnswerColumn(string Name, bool IsNumeric)
{
    /// <summary>Numbers stand below each other by their ends.</summary>
    public string? Class => IsNumeric ? "number" : null;
}
