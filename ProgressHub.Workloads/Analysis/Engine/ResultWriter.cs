using System.Globalization;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;
using DuckDB.NET.Data;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Engine;

/// <summary>Writes the rows of a running query as JSON, up to its limits; counted in bytes, also within a row.</summary>
internal static class ResultWriter
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Reads the rows and writes them.</summary>
    /// <exception cref="WorkloadException"><c>query_too_large</c>: a single row is larger than a result may be.</exception>
    public static QueryReply Write(DuckDBDataReader reader, int maxRows, int maxBytes)
    {
        var types = Enumerable.Range(0, reader.FieldCount).Select(i => TypeOf(reader.GetDataTypeName(i))).ToArray();
        using var stream = new MemoryStream();
        using var json = new Utf8JsonWriter(stream, Plain);
        var (rows, truncated, whole) = (0, false, 0L);
        json.WriteStartArray();
        while (reader.Read())
        {
            if (rows == maxRows || json.BytesCommitted + json.BytesPending > maxBytes)
            {
                truncated = true;
                break;
            }

            whole = json.BytesCommitted + json.BytesPending;
            json.WriteStartArray();
            for (var i = 0; i < types.Length; i++)
            {
                WriteValue(json, reader, i, types[i]);
                if (json.BytesCommitted + json.BytesPending - whole > maxBytes)
                    throw new WorkloadException("query_too_large", "A single row of the result is larger than a result may be; ask for less of it.");
            }

            json.WriteEndArray();
            rows++;
        }

        json.WriteEndArray();
        json.Flush();
        using var document = JsonDocument.Parse(stream.GetBuffer().AsMemory(0, (int)stream.Length));
        ResultColumn[] columns = [.. types.Select((type, i) => new ResultColumn(reader.GetName(i), type))];
        return new QueryReply(columns, document.RootElement.Clone(), truncated, null)
        {
            Exact = [.. Enumerable.Range(0, types.Length).Select(i => reader.GetFieldType(i) == typeof(decimal))],
        };
    }

    private static ColumnType TypeOf(string name) => name.ToUpperInvariant() switch
    {
        "BOOLEAN" => ColumnType.Boolean,
        "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "HUGEINT" or "UNSIGNEDTINYINT" or "UNSIGNEDSMALLINT" or "UNSIGNEDINTEGER" or "UNSIGNEDBIGINT"
            or "UTINYINT" or "USMALLINT" or "UINTEGER" or "UBIGINT" or "UHUGEINT" or "UNSIGNEDHUGEINT" => ColumnType.Whole,
        "FLOAT" or "DOUBLE" => ColumnType.Real,
        var n when n.StartsWith("DECIMAL", StringComparison.Ordinal) => ColumnType.Real,
        "DATE" => ColumnType.Date,
        var n when n.StartsWith("TIMESTAMP", StringComparison.Ordinal) => ColumnType.DateTime,
        _ => ColumnType.Text,
    };

    private static void WriteValue(Utf8JsonWriter json, DuckDBDataReader reader, int column, ColumnType type)
    {
        if (reader.IsDBNull(column))
        {
            json.WriteNullValue();
            return;
        }

        switch (reader.GetValue(column))
        {
            case bool yes:
                json.WriteBooleanValue(yes);
                break;
            case double number:
                WriteNumber(json, number);
                break;
            case float number:
                WriteNumber(json, number);
                break;
            case decimal number:
                // 1.50 is 1.5: the scale is the column's, not the value's.
                json.WriteNumberValue(number / 1.0000000000000000000000000000m);
                break;
            case BigInteger whole:
                json.WriteRawValue(whole.ToString(CultureInfo.InvariantCulture), skipInputValidation: true);
                break;
            case DateOnly day:
                json.WriteStringValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case DateTime moment when type == ColumnType.Date:
                json.WriteStringValue(moment.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case DateTime moment:
                json.WriteStringValue(moment.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture));
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case Stream blob:
                json.WriteStringValue(Hex(blob));
                break;
            case IFormattable other when type == ColumnType.Whole:
                json.WriteRawValue(other.ToString(null, CultureInfo.InvariantCulture), skipInputValidation: true);
                break;
            case var other:
                json.WriteStringValue(Convert.ToString(other, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, double number)
    {
        if (double.IsFinite(number))
            json.WriteNumberValue(number);
        else
            json.WriteNullValue();
    }

    private static string Hex(Stream blob)
    {
        using var copy = new MemoryStream();
        blob.CopyTo(copy);
        return Convert.ToHexStringLower(copy.GetBuffer().AsSpan(0, (int)copy.Length));
    }
}
