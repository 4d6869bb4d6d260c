using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Submit;

/// <summary>Something that a person can begin.</summary>
/// <param name="Name">How the address calls it.</param>
/// <param name="Label">What it is, in a word.</param>
/// <param name="Icon">A picture's name.</param>
/// <param name="Heading">What a person does there.</param>
/// <param name="Explanation">What comes of it.</param>
internal sealed record NewJobTask(string Name, string Label, string Icon, string Heading, string Explanation)
{
    /// <summary>The kinds of jobs that have a form of their own, by what they are called here.</summary>
    public static IReadOnlyDictionary<string, string> Kinds { get; } = new Dictionary<string, string>
    {
        ["translate"] = "translation", ["transcribe"] = "transcription", ["ask"] = "ask", ["analyse"] = "analysis", ["external"] = "external",
    };

    // Documents are taken in, and their vectors made anew, where their collection is.
    private static readonly string[] Elsewhere = ["ingest", "rebuild"];

    /// <summary>Whether a kind is begun with a form of its own, here or elsewhere.</summary>
    public static bool HasForm(string kind) => Kinds.Values.Contains(kind) || Elsewhere.Contains(kind);

    public static IReadOnlyList<NewJobTask> All { get; } =
    [
        new("translate", UiText.Key("Translation"), "text", UiText.Key("Translate a text"),
            UiText.Key("Submit it and watch it being done, piece by piece. You can close the page; the job goes on, and its address shows it again.")),
        new("transcribe", UiText.Key("Transcription"), "wave", UiText.Key("Transcribe recordings"),
            UiText.Key("Speech becomes text with times, heard as it goes: read along, play it, take it as text or subtitles. Each file is a job of its own.")),
        new("ask", UiText.Key("Documents"), "search", UiText.Key("Ask your documents"),
            UiText.Key("The answer comes with the passages it rests on. Without a language model it quotes the best of them.")),
        new("analyse", UiText.Key("Table"), "table", UiText.Key("Ask a table"),
            UiText.Key("Your question becomes one read-only query, which is shown; its answer comes in words, as a chart and as rows.")),
        new("external", UiText.Key("Your own program"), "terminal", UiText.Key("Watch a program of your own"),
            UiText.Key("A job for work that happens elsewhere, reported with a line of curl.")),
    ];
}
