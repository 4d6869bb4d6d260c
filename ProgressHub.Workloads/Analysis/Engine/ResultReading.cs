using System.Text.Json;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Engine;

/// <summary>Reads a worker's rows back into values.</summary>
internal static class ResultReading
{
    public static QueryResult Of(QueryReply reply)
    {
        List<IReadOnlyList<object?>> rows = [];
        foreach (var row in reply.Rows?.EnumerateArray() ?? default)
        {
            var values = new object?[reply.Columns.Count];
            var i = 0;
            foreach (var cell in row.EnumerateArray())
            {
                values[i] = Value(cell, reply.Columns[i].Type, reply.Exact[i]);
                i++;
            }

            rows.Add(values);
        }

        return new QueryResult(reply.Columns, rows, reply.Truncated);
    }

    private static object? Value(JsonElement cell, ColumnType type, bool exact) => cell.ValueKind switch
    {
        JsonValueKind.String => cell.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number when type == ColumnType.Whole => cell.TryGetInt64(out var whole) ? whole : Beyond(cell),
        JsonValueKind.Number when exact => Beyond(cell),
        JsonValueKind.Number => cell.GetDouble(),
        _ => null,
    };

    // A decimal has 28 digits for certain; with more it would be rounded without a word.
    private static object Beyond(JsonElement cell) =>
        cell.GetRawText() is { Length: <= 28 } && cell.TryGetDecimal(out var exact) ? exact : cell.GetRawText();
}
