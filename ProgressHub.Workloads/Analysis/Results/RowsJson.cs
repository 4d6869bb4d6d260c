using System.Text.Json;
using ProgressHub.Workloads.Analysis.Sandbox;

namespace ProgressHub.Workloads.Analysis.Results;

/// <summary>Rows as JSON arrays, and back.</summary>
internal static class RowsJson
{
    public static JsonElement Write(QueryResult result)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartArray();
            foreach (var row in result.Rows)
                WriteRow(writer, row);
            writer.WriteEndArray();
        }

        using var document = JsonDocument.Parse(stream.GetBuffer().AsMemory(0, (int)stream.Length));
        return document.RootElement.Clone();
    }

    /// <summary>A cell as text; null where it is empty.</summary>
    public static string? Text(JsonElement cell) => cell.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => cell.GetString(),
        _ => cell.GetRawText(),
    };

    private static void WriteRow(Utf8JsonWriter writer, IReadOnlyList<object?> row)
    {
        writer.WriteStartArray();
        foreach (var cell in row)
        {
            switch (cell)
            {
                case null:
                    writer.WriteNullValue();
                    break;
                case bool yes:
                    writer.WriteBooleanValue(yes);
                    break;
                case long whole:
                    writer.WriteNumberValue(whole);
                    break;
                case decimal exact:
                    writer.WriteNumberValue(exact);
                    break;
                case double real when double.IsFinite(real):
                    writer.WriteNumberValue(real);
                    break;
                case double:
                    writer.WriteNullValue();
                    break;
                default:
                    writer.WriteStringValue((string)cell);
                    break;
            }
        }

        writer.WriteEndArray();
    }
}
