using Microsoft.AspNetCore.Components;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Web.Components.Pages;

/// <summary>A conversation over a table, or two of them side by side. Which ones stands in the address.</summary>
public sealed partial class SessionPage
{
    private IReadOnlyList<AnalysisSession> _sessions = [];
    private string? _shownId;

    /// <summary>The session.</summary>
    [Parameter]
    public string Id { get; set; } = "";

    /// <summary>The session beside it.</summary>
    [Parameter, SupplyParameterFromQuery(Name = "with")]
    public string? With { get; set; }

    [Inject]
    private AnalysisSessions Sessions { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private string? Beside => string.IsNullOrWhiteSpace(With) || With == Id ? null : With;

    private string? Name => _sessions.FirstOrDefault(session => session.Id == Id)?.Name;

    private IReadOnlyList<AnalysisSession> Others => [.. _sessions.Where(session => session.Id != Id)];

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_shownId == Id)
            return;
        _shownId = Id;
        _sessions = await Sessions.ListAsync(Caller.Owner, CancellationToken.None);
    }

    private void Choose(ChangeEventArgs change)
    {
        var here = $"analysis/{Uri.EscapeDataString(Id)}";
        Navigation.NavigateTo(change.Value is string { Length: > 0 } other ? $"{here}?with={Uri.EscapeDataString(other)}" : here);
    }
}
