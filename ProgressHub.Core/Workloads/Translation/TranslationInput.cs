using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProgressHub.Core.Workloads.Translation;

/// <summary>A checked request. Its key is not part of it: that comes from the job's secrets.</summary>
internal sealed partial record TranslationInput
{
    public const int MinBatchCharacters = 50;
    public const int MaxBatchCharacters = 20_000;
    public const int MaxTextBytes = 2 * 1024 * 1024;
    public const string ApiKeyProperty = "apiKey";
    private const int MaxName = 200;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public required string Text { get; init; }

    public required TranslationFormat Format { get; init; }

    /// <summary>Null where the engine is to find out.</summary>
    public string? SourceLanguage { get; init; }

    public required string TargetLanguage { get; init; }

    public string? Engine { get; init; }

    public int? BatchCharacters { get; init; }

    public string? Model { get; init; }

    /// <exception cref="WorkloadException">Something is missing or wrong; the message names it.</exception>
    public static TranslationInput Parse(JsonElement input)
    {
        if (input.ValueKind != JsonValueKind.Object)
            throw Invalid("input", "The input is a JSON object.");
        return new TranslationInput
        {
            Text = ParseText(input),
            Format = ParseFormat(input),
            SourceLanguage = Language(input, "sourceLanguage") is { } from && from != "auto" ? from : null,
            TargetLanguage = Language(input, "targetLanguage")
                ?? throw Invalid("targetLanguage", "'targetLanguage' is missing: a language code such as es or zh-TW."),
            Engine = Name(input, "engine"),
            BatchCharacters = ParseBatchCharacters(input),
            Model = Name(input, "model"),
        };
    }

    /// <summary>The key, where the input still holds it: at submission, not once it is stored.</summary>
    public static string? ReadApiKey(JsonElement input) => Name(input, ApiKeyProperty, 1000);

    private static string ParseText(JsonElement input)
    {
        var text = String(input, "text") ?? throw Invalid("text", "'text' is missing: the text to translate.");
        if (string.IsNullOrWhiteSpace(text))
            throw new WorkloadException("empty_text", "'text' is empty: there is nothing to translate.") { Property = "text" };
        int bytes;
        try
        {
            bytes = StrictUtf8.GetByteCount(text);
        }
        catch (EncoderFallbackException exception)
        {
            throw InvalidText("text", exception);
        }

        return bytes <= MaxTextBytes ? text : throw new WorkloadException(
            "text_too_long",
            string.Create(CultureInfo.InvariantCulture, $"'text' has {bytes:N0} bytes in UTF-8; at most {MaxTextBytes:N0} are taken. Translate it in parts."))
        {
            Property = "text",
        };
    }

    private static TranslationFormat ParseFormat(JsonElement input)
    {
        var name = String(input, "format") ?? "plain";
        return TranslationFormats.Parse(name) ?? throw new WorkloadException(
            "unknown_format", $"'format' is one of {string.Join(", ", TranslationFormats.Names)}.") { Property = "format" };
    }

    private static int? ParseBatchCharacters(JsonElement input)
    {
        if (!input.TryGetProperty("batchCharacters", out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var size)
            && size is >= MinBatchCharacters and <= MaxBatchCharacters
            ? size
            : throw Invalid(
                "batchCharacters", $"'batchCharacters' is a whole number from {MinBatchCharacters} to {MaxBatchCharacters}.");
    }

    private static string? Language(JsonElement input, string property)
    {
        var name = Name(input, property);
        return name is null || LanguageTag().IsMatch(name)
            ? name
            : throw Invalid(property, $"'{property}' is a language code such as es, spa or zh-TW.");
    }

    private static string? Name(JsonElement input, string property, int longest = MaxName)
    {
        var value = String(input, property);
        return value?.Length > longest
            ? throw Invalid(property, $"'{property}' has more than {longest} characters.")
            : string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }

    private static string? String(JsonElement input, string property)
    {
        if (!input.TryGetProperty(property, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.String)
            throw Invalid(property, $"'{property}' is a string.");
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException exception)
        {
            throw InvalidText(property, exception);
        }
    }

    private static WorkloadException Invalid(string property, string message) =>
        new("invalid_input", message) { Property = property };

    private static WorkloadException InvalidText(string property, Exception exception) =>
        new("invalid_text", $"'{property}' is not valid Unicode: it has half of a surrogate pair.", exception) { Property = property };

    [GeneratedRegex("^(?:auto|[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3})$")]
    private static partial Regex LanguageTag();
}
