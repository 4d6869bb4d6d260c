namespace ProgressHub.Web.Localization;

/// <summary>
/// What the built-in workloads and the engine call things: they come from the server in English, and are shown in the
/// reader's language by their words; what they say on their way is in <see cref="ServerMessages"/>. What a workload of somebody's own calls itself is shown as it is.
/// </summary>
internal static class ServerWords
{
    /// <summary>The kinds of jobs, the stages, what is counted in them, and the levels of a log.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        UiText.Key("Translation"), UiText.Key("Transcription"), UiText.Key("Question over a table"), UiText.Key("Program of your own"),
        UiText.Key("Question over documents"), UiText.Key("Documents for a collection"), UiText.Key("New vectors for a collection"), UiText.Key("Assembling"),
        UiText.Key("Chunking"), UiText.Key("Completing"), UiText.Key("Embedding"), UiText.Key("Indexing"),
        UiText.Key("Preparing"), UiText.Key("Preprocessing"), UiText.Key("Processing"), UiText.Key("Reading"),
        UiText.Key("Switching"), UiText.Key("Transcribing"), UiText.Key("Translating"), UiText.Key("Uploading"),
        UiText.Key("Working"), UiText.Key("Session"), UiText.Key("Session and cache"), UiText.Key("Reading the table"),
        UiText.Key("Context search"), UiText.Key("Planning"), UiText.Key("Executing"), UiText.Key("Presenting"),
        UiText.Key("Retrieving"), UiText.Key("Answering"),
        UiText.Key("Batches"), UiText.Key("Documents"), UiText.Key("Files"), UiText.Key("Passages"), UiText.Key("Rows"), UiText.Key("Seconds"),
        UiText.Key("Success"), UiText.Key("Warning"), UiText.Key("Error"),
    ];

    /// <summary>What engines are called that do not go by a name alone.</summary>
    public static IReadOnlyList<string> Engines { get; } =
    [
        UiText.Key("Apertium (rule-based, offline)"), UiText.Key("Whisper (whisper.cpp, offline)"), UiText.Key("PocketSphinx (offline, rough English)"),
        UiText.Key("OpenAI-compatible endpoint"), UiText.Key("OpenAI-compatible embeddings"),
        UiText.Key("pseudo-localisation: not a translation (accents and padding, paced to be watched)"),
        UiText.Key("MiniLM (built in: knows meanings in English, and spellings in every language)"),
        UiText.Key("Hashed n-grams (built in: knows spellings, not meanings)"),
    ];

    /// <summary>An engine's name in the reader's language, whichever model stands behind it.</summary>
    public static string Engine(string label)
    {
        if (Engines.Contains(label))
            return UiText.Of(label);
        var model = label.IndexOf(" (", StringComparison.Ordinal);
        return model > 0 && Engines.Contains(label[..model]) ? $"{UiText.Of(label[..model])}{label[model..]}" : label;
    }
}
