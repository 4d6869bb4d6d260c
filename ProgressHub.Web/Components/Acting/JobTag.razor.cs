using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Workloads.Analysis.Sessions;
using ProgressHub.Workloads.Knowledge;

namespace ProgressHub.Web.Components.Acting;

/// <summary>
/// A tag of a job, a way to the jobs that have it. One that stands for a session or a collection leads to that, by its name.
/// </summary>
public sealed partial class JobTag
{
    private static readonly string SessionMark = AnalysisSession.TagOf("");
    private static readonly string CollectionMark = KnowledgeLibrary.TagOf("");

    private string _label = "";
    private string _address = "";

    /// <summary>The tag.</summary>
    [Parameter, EditorRequired]
    public string Tag { get; set; } = "";

    [Inject]
    private AnalysisSessions Sessions { get; set; } = null!;

    [Inject]
    private KnowledgeLibrary Library { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    /// <summary>Whether a tag stands for what a job belongs to: taken away, the job would be lost to it.</summary>
    public static bool IsMark(string tag) =>
        tag.StartsWith(SessionMark, StringComparison.Ordinal) || tag.StartsWith(CollectionMark, StringComparison.Ordinal);

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        (_label, _address) = (Tag, $"jobs?tag={Uri.EscapeDataString(Tag)}");
        try
        {
            if (After(SessionMark) is { } session && await Sessions.FindAsync(Caller.Owner, session, CancellationToken.None) is { } found)
                (_label, _address) = (found.Name, $"analysis/{found.Id}");
            else if (After(CollectionMark) is { } collection && await Library.FindAsync(Caller.Owner, collection, CancellationToken.None) is { } kept)
                (_label, _address) = (kept.Name, $"collections/{kept.Id}");
        }
        catch (StorageUnavailableException)
        {
            // The tag itself is right too.
        }
    }

    private string? After(string mark) => Tag.StartsWith(mark, StringComparison.Ordinal) ? Tag[mark.Length..] : null;
}
