using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressHub.Testing;

/// <summary>An input as a client sends it.</summary>
internal static class InputJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <summary>The JSON of an input that a test gives as JSON or as an object.</summary>
    public static JsonElement Of(object input) =>
        input is JsonElement json ? json : JsonSerializer.SerializeToElement(input, input.GetType(), Options);
}
