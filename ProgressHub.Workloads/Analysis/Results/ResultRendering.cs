using System.Globalization;
using System.Numerics;
using System.Security;
using System.Text;
using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Charts;

namespace ProgressHub.Workloads.Analysis.Results;

/// <summary>The forms of an answer: JSON, text, the table as CSV, the chart as SVG.</summary>
internal static class ResultRendering
{
    private const int TextRows = 20;
    private const string Formulas = "=+-@\t\r\n";

    public static IReadOnlyList<ResultForm> Forms { get; } =
    [
        new("json", "application/json; charset=utf-8"), new("text", "text/plain; charset=utf-8"),
        new("csv", "text/csv; charset=utf-8"), new("svg", "image/svg+xml; charset=utf-8"),
    ];

    /// <summary>What is kept with the job.</summary>
    public static ResultDocument Document(AnalysisResult result) => new(
        Forms[0].ContentType, "analysis.json", JsonSerializer.SerializeToUtf8Bytes(result, AnalysisJson.Readable.AnalysisResult));

    public static ResultDocument Render(ResultDocument document, ResultForm form)
    {
        if (form.Name == "json" || JsonSerializer.Deserialize(document.Body.Span, AnalysisJson.Default.AnalysisResult) is not { } result)
            return document;
        var (name, text) = form.Name switch
        {
            "csv" => ("analysis.csv", Csv(result)),
            "svg" => ("analysis.svg", SvgChart.Draw(result.Chart) ?? NoChart(result)),
            _ => ("analysis.txt", Text(result)),
        };
        return new ResultDocument(form.ContentType, name, Encoding.UTF8.GetBytes(text));
    }

    // RFC 4180. A cell that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, "CSV injection").
    private static string Csv(AnalysisResult result)
    {
        var csv = new StringBuilder();
        csv.AppendJoin(',', result.Columns.Select(c => Cell(c.Name))).Append("\r\n");
        foreach (var row in result.Rows.EnumerateArray())
        {
            csv.AppendJoin(',', row.EnumerateArray().Select(cell =>
                cell.ValueKind == JsonValueKind.String ? Cell(cell.GetString()!) : RowsJson.Text(cell) ?? "")).Append("\r\n");
        }

        return csv.ToString();
    }

    private static string Cell(string text)
    {
        if (text.Length > 0 && Formulas.Contains(text[0], StringComparison.Ordinal))
            text = $"'{text}";
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string Text(AnalysisResult result)
    {
        var text = new StringBuilder(result.Text).Append('\n');
        var rows = result.Rows.EnumerateArray().Take(TextRows).Select(r => r.EnumerateArray().Select(Shown).ToArray()).ToList();
        if (rows.Count > 0)
        {
            var widths = result.Columns.Select((c, i) => rows.Select(r => r[i].Length).Append(c.Name.Length).Max()).ToArray();
            text.Append('\n').AppendJoin("  ", result.Columns.Select((c, i) => c.Name.PadRight(widths[i]))).Append('\n');
            foreach (var row in rows)
                text.AppendJoin("  ", row.Select((cell, i) => cell.PadRight(widths[i]))).Append('\n');
            if (result.Rows.GetArrayLength() is var all && all > rows.Count)
                text.Append(CultureInfo.InvariantCulture, $"… {all - rows.Count:N0} more\n");
        }

        if (result.Sql is not null)
            text.Append(CultureInfo.InvariantCulture, $"\n{result.Sql}\n");
        foreach (var warning in result.Warnings)
            text.Append(CultureInfo.InvariantCulture, $"\nNote: {warning}");
        return text.ToString().TrimEnd() + '\n';
    }

    private static string Shown(JsonElement cell) => cell.ValueKind == JsonValueKind.Number && cell.GetRawText() is var raw && !raw.AsSpan().ContainsAny('.', 'e', 'E')
        ? BigInteger.Parse(raw, CultureInfo.InvariantCulture).ToString("#,0", CultureInfo.InvariantCulture)
        : cell.ValueKind == JsonValueKind.Number && cell.TryGetDouble(out var number)
        ? Scale.Name(number)
        : (RowsJson.Text(cell) ?? "").ReplaceLineEndings(" ");

    // For what no chart suits: its words.
    private static string NoChart(AnalysisResult result)
    {
        var svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 800 300\" width=\"800\" height=\"300\" role=\"img\" font-family=\"sans-serif\" font-size=\"14\">\n<rect width=\"800\" height=\"300\" fill=\"#ffffff\"/>\n");
        var y = 30;
        foreach (var line in result.Text.Chunk(110).Take(12))
        {
            var clean = new string([.. line.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)]);
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"20\" y=\"{y}\" fill=\"#1a1a1a\">{SecurityElement.Escape(clean)}</text>\n");
            y += 22;
        }

        return svg.Append("</svg>\n").ToString();
    }
}
