using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProgressHub.Core.Workloads.Transcription;

/// <summary>A checked request. Its key is not part of it: that comes from the job's secrets.</summary>
internal sealed partial record TranscriptionInput
{
    public const string FileProperty = "file";
    public const string ApiKeyProperty = "apiKey";
    public const int MaxName = 200;
    public const int MaxPrompt = 2000;
    public const int MaxGrammar = 16 * 1024;

    public required string File { get; init; }

    public string? Engine { get; init; }

    /// <summary>Null where the engine is to find out.</summary>
    public string? Language { get; init; }

    public string? Model { get; init; }

    public string? Grammar { get; init; }

    public string? Prompt { get; init; }

    /// <summary>How freely the engine may guess, 0..1; null for the engine's own.</summary>
    public double? Temperature { get; init; }

    /// <exception cref="WorkloadException">Something is missing or wrong; the message names it.</exception>
    public static TranscriptionInput Parse(JsonElement input)
    {
        if (input.ValueKind != JsonValueKind.Object)
            throw Invalid("input", "The input is a JSON object.");
        var file = String(input, FileProperty, MaxName)
            ?? throw Invalid(FileProperty, "'file' is missing: the audio to transcribe, uploaded first or sent as the form's file.");
        var language = String(input, "language", MaxName);
        if (language is not null && !LanguageTag().IsMatch(language))
            throw Invalid("language", "'language' is a language code such as en or zh-TW, or auto.");
        return new TranscriptionInput
        {
            File = FileId().IsMatch(file) ? file : throw Invalid(FileProperty, "'file' is the id of an uploaded file."),
            Engine = String(input, "engine", MaxName),
            Language = language is "auto" ? null : language,
            Model = String(input, "model", MaxName),
            Grammar = String(input, "grammar", MaxGrammar),
            Prompt = String(input, "prompt", MaxPrompt),
            Temperature = Share(input, "temperature"),
        };
    }

    /// <summary>The key, where the input still holds it: at submission, not once it is stored.</summary>
    public static string? ReadApiKey(JsonElement input) => String(input, ApiKeyProperty, 1000);

    private static string? String(JsonElement input, string property, int longest)
    {
        if (!input.TryGetProperty(property, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        if (value.ValueKind != JsonValueKind.String)
            throw Invalid(property, $"'{property}' is a string.");
        string? text;
        try
        {
            text = value.GetString();
        }
        catch (InvalidOperationException exception)
        {
            throw new WorkloadException(
                "invalid_text", $"'{property}' is not valid Unicode: it has half of a surrogate pair.", exception) { Property = property };
        }

        // A NUL would end an argument or a file in the middle.
        return text?.Length > longest ? throw Invalid(property, $"'{property}' has more than {longest} characters.")
            : text?.Contains('\0', StringComparison.Ordinal) == true ? throw Invalid(property, $"'{property}' has a NUL character.")
            : string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    private static double? Share(JsonElement input, string property)
    {
        if (!input.TryGetProperty(property, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number is >= 0 and <= 1
            ? number : throw Invalid(property, $"'{property}' is a number from 0 to 1.");
    }

    private static WorkloadException Invalid(string property, string message) =>
        new("invalid_input", message) { Property = property };

    [GeneratedRegex("^(?:auto|[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3})$")]
    private static partial Regex LanguageTag();

    [GeneratedRegex("^[0-9a-f]{32}$")]
    private static partial Regex FileId();
}
