using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressHub.Client.Jobs;

/// <summary>Words in camelCase. A word that a later server may add is the first member, <c>Unknown</c>, and no error.</summary>
internal sealed class WireEnumConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && Enum.TryParse<T>(reader.GetString(), ignoreCase: true, out var value)
            ? value
            : default;

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(Name(value));

    public static string Name(T value) => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
