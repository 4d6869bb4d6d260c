using Microsoft.AspNetCore.Components;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Web.Components.Chat;

/// <summary>The caller's sessions, the one used last first, a page at a time.</summary>
public sealed partial class SessionCards
{
    private const int PageSize = 20;

    private IReadOnlyList<AnalysisSession>? _sessions;

    /// <summary>Which page, from 1 on; one beyond the last is the last.</summary>
    [Parameter]
    public int Page { get; set; } = 1;

    [Inject]
    private AnalysisSessions Sessions { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    private int Pages => Math.Max(1, ((_sessions?.Count ?? 0) + PageSize - 1) / PageSize);

    private int Current => Math.Clamp(Page, 1, Pages);

    private IEnumerable<AnalysisSession> Shown => (_sessions ?? []).Skip((Current - 1) * PageSize).Take(PageSize);

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => ReadAsync();

    private async Task ReadAsync() => _sessions = await Sessions.ListAsync(Caller.Owner, CancellationToken.None);
}
