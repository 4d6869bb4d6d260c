using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Localization;
using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Web.Components.Chat;

/// <summary>A session's name, which can be changed where it stands.</summary>
public sealed partial class SessionName
{
    private ElementReference _field;
    private bool _isNaming;
    private bool _focuses;
    private string _name = "";
    private string? _problem;

    /// <summary>The session.</summary>
    [Parameter, EditorRequired]
    public AnalysisSession Session { get; set; } = null!;

    /// <summary>It has another name.</summary>
    [Parameter]
    public EventCallback OnRenamed { get; set; }

    /// <summary>How the name is shown.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Inject]
    private AnalysisSessions Sessions { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    private string FieldId => $"name-{Session.Id}";

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_focuses)
            return;
        _focuses = false;
        await _field.FocusAsync();
    }

    private void Begin() => (_isNaming, _focuses, _name, _problem) = (true, true, Session.Name, null);

    private async Task SaveAsync()
    {
        if (string.IsNullOrWhiteSpace(_name))
            return;
        try
        {
            await Sessions.RenameAsync(Caller.Owner, Session.Id, _name, CancellationToken.None);
            _isNaming = false;
            await OnRenamed.InvokeAsync();
        }
        catch (WorkloadException refusal)
        {
            _problem = RefusalTexts.Of(refusal);
        }
        catch (StorageUnavailableException)
        {
            _problem = L["The server can't write to its store now; try again in a moment."];
        }
    }
}
