using System.Buffers;
using System.Text.Json;

namespace ProgressHub.Core.Workloads;

/// <summary>
/// Writes an input, once it is checked, as its record takes it: nothing for what is null and need not be there, no white
/// space around a trimmed text, a list of one for a file that stands alone.
/// </summary>
internal static class InputRewriting
{
    public static ReadOnlyMemory<byte> Write(InputRule rule, JsonElement input)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
            Write(writer, rule, input);
        return bytes.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, InputRule? rule, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object when rule is { Properties.Count: > 0 } or { Others: not null }:
                WriteObject(writer, rule, value);
                break;
            case JsonValueKind.Array when rule?.Items is not null:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(writer, rule.Items, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String when rule?.Notes is { LoneFile: true }:
                writer.WriteStartArray();
                value.WriteTo(writer);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String when rule?.Notes is { Trimmed: true }:
                writer.WriteStringValue(value.GetString()!.Trim());
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static void WriteObject(Utf8JsonWriter writer, InputRule rule, JsonElement value)
    {
        writer.WriteStartObject();
        foreach (var member in value.EnumerateObject())
        {
            var property = rule.Properties.GetValueOrDefault(member.Name);
            if (property is not null && IsLeftOut(property.Rule, member.Value))
                continue;
            writer.WritePropertyName(property?.Name ?? member.Name);
            Write(writer, property?.Rule ?? rule.Others, member.Value);
        }

        writer.WriteEndObject();
    }

    private static bool IsLeftOut(InputRule rule, JsonElement value) =>
        value.ValueKind == JsonValueKind.Null
        || (rule.Notes.Trimmed && value.ValueKind == JsonValueKind.String && string.IsNullOrWhiteSpace(value.GetString()));
}
