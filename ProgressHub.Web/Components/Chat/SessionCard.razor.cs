using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Web.Components.Chat;

/// <summary>A session in a list, which can be deleted, if one is sure.</summary>
public sealed partial class SessionCard
{
    private bool _confirming;
    private bool _busy;
    private string? _problem;

    /// <summary>The session.</summary>
    [Parameter, EditorRequired]
    public AnalysisSession Session { get; set; } = null!;

    /// <summary>It was deleted.</summary>
    [Parameter]
    public EventCallback OnDeleted { get; set; }

    [Inject]
    private AnalysisSessions Sessions { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    private async Task DeleteAsync()
    {
        if (_busy)
            return;
        _busy = true;
        try
        {
            await Sessions.DeleteAsync(Caller.Owner, Session.Id, CancellationToken.None);
            await OnDeleted.InvokeAsync();
        }
        catch (StorageUnavailableException)
        {
            _problem = UiText.Of("The server can't write to its store now; try again in a moment.");
        }
        finally
        {
            _busy = false;
        }
    }
}
