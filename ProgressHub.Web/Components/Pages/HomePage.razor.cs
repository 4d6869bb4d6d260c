using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Core.Execution;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Listing;

namespace ProgressHub.Web.Components.Pages;

/// <summary>Where a job begins. What kind of job stands in the address.</summary>
public sealed partial class HomePage : IDisposable
{
    private StateCounts? _counts;

    /// <summary>What to do: <c>translate</c>, <c>transcribe</c>, <c>ask</c>, <c>analyse</c> or <c>external</c>.</summary>
    [Parameter, SupplyParameterFromQuery(Name = "do")]
    public string? Do { get; set; }

    /// <summary>The job whose input the form begins with.</summary>
    [Parameter, SupplyParameterFromQuery(Name = "from")]
    public string? From { get; set; }

    [Inject]
    private WorkloadCatalog Workloads { get; set; } = null!;

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    // A workload without a form of its own gets one made from its input's schema.
    private IReadOnlyList<HomeTask> Tasks =>
    [
        .. HomeTask.All,
        .. Workloads.All.Select(workload => workload.Descriptor).Where(workload => !HomeTask.HasForm(workload.Kind))
            .Select(workload => new HomeTask(workload.Kind, workload.Label, "play", workload.Label, workload.Description)),
    ];

    private HomeTask Task => Tasks.FirstOrDefault(task => task.Name == Do || KindOf(task.Name) == Do) ?? HomeTask.All[0];

    private JobId? Source => JobId.TryParse(From, null, out var id) ? id : null;

    /// <inheritdoc/>
    public void Dispose() => _counts?.Dispose();

    /// <inheritdoc/>
    protected override Task OnInitializedAsync()
    {
        _counts = new StateCounts(Jobs, Time, () => new JobQuery { Owner = Caller.Owner }, StateHasChanged);
        return _counts.CountAsync();
    }

    private static string KindOf(string task) => HomeTask.Kinds.GetValueOrDefault(task, task);
}

/// <summary>Something that a person can begin at home.</summary>
/// <param name="Name">How the address calls it.</param>
/// <param name="Label">What it is, in a word.</param>
/// <param name="Icon">A picture's name.</param>
/// <param name="Heading">What a person does there.</param>
/// <param name="Explanation">What comes of it.</param>
internal sealed record HomeTask(string Name, string Label, string Icon, string Heading, string Explanation)
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
