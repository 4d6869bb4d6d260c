using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Submit;

/// <summary>How files are to be transcribed, as it is being filled in. Keys of <see cref="Check"/> are the input's property names.</summary>
public sealed record TranscriptionDraft
{
    /// <summary>The longest grammar, in characters.</summary>
    public const int MaxGrammar = 16 * 1024;

    private const string PocketSphinx = "pocketsphinx";

    /// <summary>Who does it.</summary>
    public string? Engine { get; set; }

    /// <summary>The language that is spoken; null where the engine is to find out.</summary>
    public string? Language { get; set; }

    /// <summary>Which model, where the engine has several.</summary>
    public string? Model { get; set; }

    /// <summary>What may be said, in JSGF.</summary>
    public string? Grammar { get; set; }

    /// <summary>Words that help with names and style.</summary>
    public string? Prompt { get; set; }

    /// <summary>Whether what is said is told in English.</summary>
    public bool Translates { get; set; }

    /// <summary>Whether each channel is heard by itself.</summary>
    public bool SeparatesChannels { get; set; }

    /// <summary>A key for these jobs alone.</summary>
    public string? ApiKey { get; set; }

    /// <summary>Whether the engine takes a grammar instead of a language, a model and a prompt.</summary>
    public bool TakesGrammar => Engine == PocketSphinx;

    /// <summary>What is missing or wrong, by property; empty where files can be sent.</summary>
    public Dictionary<string, string> Check(EngineStatus? engine, bool hasFiles)
    {
        var problems = new Dictionary<string, string>();
        if (!hasFiles)
            problems["file"] = UiText.Of("Choose or drop at least one audio or video file.");
        if (engine is null)
            problems["engine"] = UiText.Of("Choose an engine.");
        else if (!engine.Ready && !TranslationDraft.TakesKey(engine.Id))
            problems["engine"] = UiText.Of("This engine is not ready; see what it needs, or choose another.");
        else if (!engine.Ready && string.IsNullOrWhiteSpace(ApiKey))
            problems["apiKey"] = UiText.Of("The server has no key for this engine; give one for these jobs.");
        return problems;
    }

    /// <summary>The workload's input for a file.</summary>
    public JsonElement ToInput(string file) => JsonSerializer.SerializeToElement(
        new TranscriptionInputDocument(
            file, Engine,
            TakesGrammar ? null : NullIfEmpty(Language),
            TakesGrammar ? null : NullIfEmpty(Model),
            TakesGrammar ? NullIfEmpty(Grammar) : null,
            TakesGrammar ? null : NullIfEmpty(Prompt),
            TranslationDraft.TakesKey(Engine) ? NullIfEmpty(ApiKey) : null)
        {
            Task = Translates && !TakesGrammar ? "translate" : null,
            Channels = SeparatesChannels ? "separate" : null,
        },
        TranscriptionInputJson.Default.TranscriptionInputDocument);

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}

internal sealed record TranscriptionInputDocument(
    string File, string? Engine, string? Language, string? Model, string? Grammar, string? Prompt, string? ApiKey)
{
    public string? Task { get; init; }

    public string? Channels { get; init; }
}

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TranscriptionInputDocument))]
internal sealed partial class TranscriptionInputJson : JsonSerializerContext;
