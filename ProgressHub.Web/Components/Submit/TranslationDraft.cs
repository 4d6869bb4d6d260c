using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Submit;

/// <summary>A translation as it is being filled in. Keys of <see cref="Check"/> are the input's property names.</summary>
public sealed partial class TranslationDraft
{
    /// <summary>A text longer than this, in UTF-16 units, is shown as a file and not in the text field.</summary>
    public const int MaxEditable = 50_000;

    /// <summary>The text.</summary>
    public string Text { get; set; } = "";

    /// <summary>The file it came from; null where it was typed or pasted.</summary>
    public string? FileName { get; set; }

    /// <summary><c>plain</c>, <c>markdown</c>, <c>srt</c>, <c>vtt</c>, <c>json</c> or <c>po</c>.</summary>
    public string Format { get; set; } = "plain";

    /// <summary>Null where the engine is to find out.</summary>
    public string? SourceLanguage { get; set; }

    /// <summary>Into what.</summary>
    public string TargetLanguage { get; set; } = "es";

    /// <summary>Who does it.</summary>
    public string? Engine { get; set; }

    /// <summary>How large the pieces are; null for the workload's own choice.</summary>
    public string? BatchCharacters { get; set; }

    /// <summary>Which model, where the engine has several.</summary>
    public string? Model { get; set; }

    /// <summary>A key for this job alone.</summary>
    public string? ApiKey { get; set; }

    /// <summary>What to call the job.</summary>
    public string? Title { get; set; }

    /// <summary>Whether the text is too long to edit here.</summary>
    public bool IsLarge => FileName is not null && Text.Length > MaxEditable;

    /// <summary>Whether an engine takes a key that comes with the request.</summary>
    public static bool TakesKey(string? engine) => engine is "openai" or "anthropic";

    /// <summary>Takes a file's text.</summary>
    public void Take(SourceFile file)
    {
        Text = file.Text;
        FileName = file.Name;
        Format = file.Format;
    }

    /// <summary>What is missing or wrong, by property; empty where it can be submitted.</summary>
    public Dictionary<string, string> Check(EngineStatus? engine)
    {
        var problems = new Dictionary<string, string>();
        if (string.IsNullOrWhiteSpace(Text))
            problems["text"] = UiText.Of("Paste a text, drop a file, or take a sample.");
        else if (Encoding.UTF8.GetByteCount(Text) > SourceFile.MaxBytes)
            problems["text"] = UiText.Of("The text has more than 2 MB. Split it and translate the parts.");
        if (!LanguageTag().IsMatch(TargetLanguage))
            problems["targetLanguage"] = UiText.Of("Choose a language, or give a code such as es or zh-TW.");
        if (SourceLanguage is { } source && !LanguageTag().IsMatch(source))
            problems["sourceLanguage"] = UiText.Of("Give a code such as en, or let it be detected.");
        if (!string.IsNullOrWhiteSpace(BatchCharacters) && ParseBatch() is not (>= 50 and <= 20_000))
            problems["batchCharacters"] = UiText.Of("A whole number from 50 to 20,000, or nothing.");
        if (engine is null)
            problems["engine"] = UiText.Of("Choose an engine.");
        else if (!engine.Ready && !TakesKey(engine.Id))
            problems["engine"] = UiText.Of("This engine is not ready; see what it needs, or choose another.");
        else if (!engine.Ready && string.IsNullOrWhiteSpace(ApiKey))
            problems["apiKey"] = UiText.Of("The server has no key for this engine; give one for this job.");
        return problems;
    }

    /// <summary>The workload's input.</summary>
    public JsonElement ToInput() => JsonSerializer.SerializeToElement(
        new TranslationInputDocument(
            Text, Format, NullIfEmpty(SourceLanguage), TargetLanguage.Trim(), Engine, ParseBatch(),
            TakesKey(Engine) ? NullIfEmpty(Model) : null, TakesKey(Engine) ? NullIfEmpty(ApiKey) : null),
        TranslationInputJson.Default.TranslationInputDocument);

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private int? ParseBatch() =>
        int.TryParse(BatchCharacters, System.Globalization.CultureInfo.InvariantCulture, out var size) ? size : null;

    [GeneratedRegex("^ *[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3} *$")]
    private static partial Regex LanguageTag();
}

internal sealed record TranslationInputDocument(
    string Text, string Format, string? SourceLanguage, string TargetLanguage, string? Engine, int? BatchCharacters,
    string? Model, string? ApiKey);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TranslationInputDocument))]
internal sealed partial class TranslationInputJson : JsonSerializerContext;
