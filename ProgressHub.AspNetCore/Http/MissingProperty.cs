using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ProgressHub.AspNetCore.Http;

/// <summary>Finds what an object lacks: the serializer says it in prose alone.</summary>
internal static class MissingProperty
{
    /// <summary>The path of the first property that must be there and is not; null where that is not what is wrong.</summary>
    /// <param name="utf8">JSON that was checked, and could not be read as the type.</param>
    /// <param name="type">What it should be.</param>
    /// <param name="path">Where it could not be read, such as <c>webhook</c> or <c>stages[2]</c>; null for the whole.</param>
    public static string? Find(ReadOnlySpan<byte> utf8, JsonTypeInfo type, string? path)
    {
        var reader = new Utf8JsonReader(utf8);
        using var document = JsonDocument.ParseValue(ref reader);
        if (Walk(document.RootElement, type, path) is not ({ ValueKind: JsonValueKind.Object } place, { Kind: JsonTypeInfoKind.Object } wanted))
            return null;
        var missing = wanted.Properties.FirstOrDefault(p => p.IsRequired && Member(place, p.Name) is null)?.Name;
        return missing is null || path is null ? missing : $"{path}.{missing}";
    }

    private static (JsonElement Place, JsonTypeInfo Type)? Walk(JsonElement place, JsonTypeInfo type, string? path)
    {
        foreach (var step in path?.Replace("[", ".[", StringComparison.Ordinal).Split('.', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            if (Next(place, type, step) is not var (next, nextType))
                return null;
            (place, type) = (next, type.Options.GetTypeInfo(nextType));
        }

        return (place, type);
    }

    private static (JsonElement Place, Type Type)? Next(JsonElement place, JsonTypeInfo type, string step)
    {
        if (step is ['[', .. var index, ']'])
        {
            return place.ValueKind == JsonValueKind.Array && type.ElementType is { } element
                && Parameters.ParseCursor(index) is { } at && at < place.GetArrayLength() ? (place[(int)at], element) : null;
        }

        return type.Properties.FirstOrDefault(p => p.Name == step) is { } property && Member(place, step) is { } value
            ? (value, property.PropertyType)
            : null;
    }

    // Names are read without regard to case, as the serializer reads them.
    private static JsonElement? Member(JsonElement place, string name)
    {
        if (place.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var member in place.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                return member.Value;
        }

        return null;
    }
}
