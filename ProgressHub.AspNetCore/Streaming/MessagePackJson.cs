using System.Text.Json;
using System.Text.RegularExpressions;
using MessagePack;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>JSON of ours, written as MessagePack: an object becomes a map, an array a list, a whole number an integer.</summary>
internal static class MessagePackJson
{
    // What a program reports is bounded where it comes in; round it stand the few levels of its event.
    private static readonly JsonDocumentOptions Reading = new() { MaxDepth = 256 };

    /// <summary>Writes one JSON value.</summary>
    public static void Write(ref MessagePackWriter writer, ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, Reading);
        Write(ref writer, document.RootElement);
    }

    private static void Write(ref MessagePackWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteMapHeader(value.GetPropertyCount());
                foreach (var property in value.EnumerateObject())
                {
                    writer.Write(property.Name);
                    Write(ref writer, property.Value);
                }

                break;
            case JsonValueKind.Array:
                writer.WriteArrayHeader(value.GetArrayLength());
                foreach (var item in value.EnumerateArray())
                    Write(ref writer, item);
                break;
            case JsonValueKind.String:
                writer.Write(Text(value));
                break;
            case JsonValueKind.Number when value.TryGetInt64(out var whole):
                writer.Write(whole);
                break;
            case JsonValueKind.Number when value.TryGetUInt64(out var large):
                writer.Write(large);
                break;
            case JsonValueKind.Number:
                writer.Write(value.GetDouble());
                break;
            case JsonValueKind.True or JsonValueKind.False:
                writer.Write(value.GetBoolean());
                break;
            default:
                writer.WriteNil();
                break;
        }
    }

    private static string Text(JsonElement value)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, escaped: JSON can say it, UTF-8 can't, and has a replacement character for it.
            return Regex.Unescape(value.GetRawText()[1..^1]);
        }
    }
}
