using Microsoft.AspNetCore.Components;

namespace ProgressHub.Web.Components.Pages;

/// <summary>Where a job begins. What kind of job stands in the address.</summary>
public sealed partial class HomePage
{
    /// <summary>What to do: <c>translate</c>, <c>transcribe</c>, <c>ask</c>, <c>analyse</c> or <c>external</c>.</summary>
    [Parameter, SupplyParameterFromQuery(Name = "do")]
    public string? Do { get; set; }

    private HomeTask Task => HomeTask.All.FirstOrDefault(task => task.Name == Do) ?? HomeTask.All[0];
}

/// <summary>Something that a person can begin at home.</summary>
/// <param name="Name">How the address calls it.</param>
/// <param name="Label">What it is, in a word.</param>
/// <param name="Icon">A picture's name.</param>
/// <param name="Heading">What a person does there.</param>
/// <param name="Explanation">What comes of it.</param>
internal sealed record HomeTask(string Name, string Label, string Icon, string Heading, string Explanation)
{
    public static IReadOnlyList<HomeTask> All { get; } =
    [
        new("translate", "Translation", "text", "Translate a text",
            "Submit it and watch it being done, piece by piece. You can close the page; the job goes on, and its address shows it again."),
        new("transcribe", "Transcription", "wave", "Transcribe recordings",
            "Speech becomes text with times, heard as it goes: read along, play it, take it as text or subtitles. Each file is a job of its own."),
        new("ask", "Documents", "search", "Ask your documents",
            "The answer comes with the passages it rests on. Without a language model it quotes the best of them."),
        new("analyse", "Table", "table", "Ask a table",
            "Your question becomes one read-only query, which is shown; its answer comes in words, as a chart and as rows."),
        new("external", "Your own program", "terminal", "Watch a program of your own",
            "A job for work that happens elsewhere, reported with a line of curl."),
    ];
}
