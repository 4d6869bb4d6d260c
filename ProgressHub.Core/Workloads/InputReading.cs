using System.Globalization;
using System.Text.Json;

namespace ProgressHub.Core.Workloads;

/// <summary>Reads the properties of an input; each refusal names its property.</summary>
internal static class InputReading
{
    public const string ApiKeyProperty = "apiKey";
    private const int MaxKey = 1000;

    /// <summary>The key, where the input still holds it: at submission, not once it is stored.</summary>
    public static string? ReadApiKey(JsonElement input) => Text(input, ApiKeyProperty, MaxKey);

    /// <summary>A text; null where it is missing, null or blank.</summary>
    /// <exception cref="WorkloadException"><c>invalid_input</c> or <c>invalid_text</c>.</exception>
    public static string? Text(JsonElement input, string property, int longest)
    {
        if (input.ValueKind != JsonValueKind.Object)
            throw Invalid("input", "The input is a JSON object.");
        if (!input.TryGetProperty(property, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.String)
            throw Invalid(property, $"'{property}' is a string.");
        try
        {
            var text = value.GetString()!.Trim();
            return text.Length > longest
                ? throw Invalid(property, string.Create(CultureInfo.InvariantCulture, $"'{property}' has more than {longest:N0} characters."))
                : text.Length > 0 ? text : null;
        }
        catch (InvalidOperationException exception)
        {
            throw new WorkloadException(
                "invalid_text", $"'{property}' is not valid Unicode: it has half of a surrogate pair.", exception) { Property = property };
        }
    }

    /// <summary>A whole number within bounds; null where it is missing.</summary>
    public static int? Number(JsonElement input, string property, int least, int most)
    {
        if (!input.TryGetProperty(property, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number >= least && number <= most
            ? number
            : throw Invalid(property, $"'{property}' is a whole number from {least} to {most}.");
    }

    /// <summary>True or false; null where it is missing.</summary>
    public static bool? Flag(JsonElement input, string property) =>
        !input.TryGetProperty(property, out var value) ? null : value.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Invalid(property, $"'{property}' is true or false."),
        };

    /// <summary>What is wrong with a property.</summary>
    public static WorkloadException Invalid(string property, string message) => new("invalid_input", message) { Property = property };
}
