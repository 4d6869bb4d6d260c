using System.Text.Json;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Submit;

/// <summary>A question over documents as it is being filled in. Keys of <see cref="Check"/> are the input's property names.</summary>
public sealed record AskDraft
{
    /// <summary>How long a question may be, in characters.</summary>
    public const int MaxQuestion = 4000;

    /// <summary>What is asked.</summary>
    public string Question { get; set; } = "";

    /// <summary>Which collection.</summary>
    public string? Collection { get; set; }

    /// <summary><c>en</c> or <c>zh</c>; null or empty for the language of the question.</summary>
    public string? Language { get; set; }

    /// <summary>What writes the answer.</summary>
    public string? Engine { get; set; }

    /// <summary>Which model, where the engine has several.</summary>
    public string? Model { get; set; }

    /// <summary>A key for this job alone.</summary>
    public string? ApiKey { get; set; }

    /// <summary>What is missing or wrong, by property; empty where it can be submitted.</summary>
    public Dictionary<string, string> Check(EngineStatus? engine)
    {
        var problems = new Dictionary<string, string>();
        if (string.IsNullOrWhiteSpace(Question))
            problems["question"] = UiText.Of("Ask something first.");
        else if (Question.Trim().Length > MaxQuestion)
            problems["question"] = UiText.Of("A question has at most 4,000 characters.");
        if (Collection is null)
            problems["collection"] = UiText.Of("Choose a collection.");
        if (engine is null)
            problems["engine"] = UiText.Of("Choose an engine.");
        else if (!engine.Ready && !TranslationDraft.TakesKey(engine.Id))
            problems["engine"] = UiText.Of("This engine is not ready; see what it needs, or choose another.");
        else if (!engine.Ready && string.IsNullOrWhiteSpace(ApiKey))
            problems["apiKey"] = UiText.Of("The server has no key for this engine; give one for this job.");
        return problems;
    }

    /// <summary>The workload's input.</summary>
    public JsonElement ToInput() => JsonSerializer.SerializeToElement(
        new AskInputDocument(
            Question.Trim(), Collection!, NullIfEmpty(Language), Engine,
            TranslationDraft.TakesKey(Engine) ? NullIfEmpty(Model) : null,
            TranslationDraft.TakesKey(Engine) ? NullIfEmpty(ApiKey) : null),
        AskInputJson.Default.AskInputDocument);

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
