using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ProgressHub.AspNetCore.Dialects;

namespace ProgressHub.Workloads.AspNetCore.Dialects.StreamingChat;

/// <summary>The JSON of this dialect: snake_case, on one line, Chinese and emoji as they are.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ChatRequest))]
[JsonSerializable(typeof(NativeQuestion))]
[JsonSerializable(typeof(NativeAnswer))]
[JsonSerializable(typeof(ChatAccepted))]
[JsonSerializable(typeof(ChatProgress))]
[JsonSerializable(typeof(EnhancedStatus))]
[JsonSerializable(typeof(EnhancedProgress))]
[JsonSerializable(typeof(EnhancedComplete))]
[JsonSerializable(typeof(EnhancedError))]
[JsonSerializable(typeof(EnhancedPing))]
[JsonSerializable(typeof(StreamingProgress))]
[JsonSerializable(typeof(BasicStatus))]
[JsonSerializable(typeof(BasicComplete))]
[JsonSerializable(typeof(BasicError))]
[JsonSerializable(typeof(BasicPing))]
internal sealed partial class ChatJson : JsonSerializerContext
{
    /// <summary>Writes this dialect.</summary>
    public static ChatJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,

        // Quotes, backslashes and control characters are still escaped; the JSON never stands inside HTML.
        Encoder = ReadableEncoder.Instance,
    });

    /// <summary>Writes and reads what jobs take and give: camelCase.</summary>
    public static ChatJson Native { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });

    /// <summary>A message that <c>onmessage</c> hears, or a named one, which it does not.</summary>
    public static DialectMessage Message<T>(T value, JsonTypeInfo<T> type, string? name = null) =>
        new(JsonSerializer.SerializeToUtf8Bytes(value, type), name);
}
