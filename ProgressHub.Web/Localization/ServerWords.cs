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
}
