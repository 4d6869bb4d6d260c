using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Interop;
using ProgressHub.Web.Components.Replay;
using ProgressHub.Web.Components.Shared;
using ProgressHub.Web.Components.Watching;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.External;

namespace ProgressHub.Web.Components.Pages;

/// <summary>One job, live.</summary>
public sealed partial class JobPage
{
    private const string Main = "overview";
    private static readonly string[] Views = ["log", "result", "input", "files", "events", "webhook", "compare"];

    private static readonly Dictionary<string, string> Labels = new()
    {
        ["log"] = UiText.Key("Log"), ["result"] = UiText.Key("Result"), ["input"] = UiText.Key("Input"), ["files"] = UiText.Key("Files"),
        ["events"] = UiText.Key("Events"), ["webhook"] = UiText.Key("Webhook"), ["compare"] = UiText.Key("Compare"),
    };

    private ReplayBar? _replay;
    private string? _shownId;
    private bool _leads;
    private string? _absence;
    private string? _absenceHint;

    /// <summary>The job's id, as it stands in the address.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <summary>Which view of it: <c>log</c>, <c>result</c>, <c>input</c>, <c>files</c>, <c>events</c>, <c>webhook</c> or <c>compare</c>.</summary>
    [Parameter, SupplyParameterFromQuery(Name = "tab")]
    public string? Tab { get; set; }

    /// <summary>The line of the log to open at.</summary>
    [Parameter, SupplyParameterFromQuery(Name = "line")]
    public string? At { get; set; }

    /// <summary>The job to compare it with.</summary>
    [Parameter, SupplyParameterFromQuery(Name = "with")]
    public string? With { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private string Shown => Array.IndexOf(Views, Tab) >= 0 && MayShow(Tab!) ? Tab! : Main;

    // Read by hand: one that is mistyped is the end of the log, not an error.
    private int? Line => int.TryParse(At, NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : null;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_shownId == Id)
            return;
        _leads = _shownId is not null;
        _shownId = Id;
        _absence = null;
        if (JobId.TryParse(Id, null, out var id))
        {
            FollowJob(id);
            return;
        }

        ShowNone();
        SayAbsent(UiText.Of("This is not a job's address"), UiText.Of("A job's id is 32 hexadecimal digits."));
    }

    // The router moves the focus where the page is another one, and not where one job leads to the next, such as its retry.
    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_leads || (View is null && _absence is null))
            return;
        _leads = false;
        await using var focus = new JsModule(Script, "./ui/focus.js");
        await focus.CallAsync<object>("first", "h1");
    }

    /// <inheritdoc/>
    protected override void OnAbsent(JobAbsence why)
    {
        switch (why)
        {
            case JobAbsence.Deleted:
                SayAbsent(UiText.Of("This job was deleted"), UiText.Of("It went while you were looking at it."));
                break;
            case JobAbsence.Purged:
                SayAbsent(UiText.Of("This job is gone"), UiText.Of("It was deleted, or its time was over."));
                break;
            default:
                SayAbsent(UiText.Of("There is no such job"), UiText.Of("The address may be mistyped, or the job is somebody else's."));
                break;
        }
    }

    // A kind without a view of its own that does its work elsewhere, or in one go, may have no pieces at all.
    private static bool HasNoPieces(JobView view) =>
        view.Snapshot is { Partials: { Ok: 0, Failed: 0 } } job && (job.IsFinal || job.Kind == ExternalJobs.Kind)
        && job.Kind is not ("transcription" or "ask" or "ingest" or "analysis");

    private bool MayShow(string view) => view switch
    {
        "input" or "compare" => Right >= JobRight.Manage,
        "webhook" => Right == JobRight.Own,
        _ => true,
    };

    private string TabAddress(string tab) => tab == Main ? $"jobs/{Id}" : $"jobs/{Id}?tab={tab}";

    private TabLink[] Tabs() =>
    [
        new(Main, UiText.Of("Overview"), TabAddress(Main)),
        .. Views.Where(MayShow).Select(view => new TabLink(view, L[Labels[view]], TabAddress(view))),
    ];

    private void SayAbsent(string absence, string hint)
    {
        _absence = absence;
        _absenceHint = hint;
        Changed();
    }
}
