using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Web.Components.Health;

/// <summary>The engines of a workload: whether each can work, and what it needs if not.</summary>
public sealed partial class EngineList
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private IReadOnlyList<EngineStatus>? _engines;

    /// <summary>The workload.</summary>
    [Parameter, EditorRequired]
    public WorkloadDescriptor Workload { get; set; } = null!;

    [Inject]
    private WorkloadCatalog Workloads { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private ILogger<EngineList> Logger { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task OnInitializedAsync() => AskAsync();

    private async Task AskAsync()
    {
        using var patience = new CancellationTokenSource(Patience, Time);
        try
        {
            _engines = await Workloads.Get(Workload.Kind).GetEnginesAsync(patience.Token).AsTask().WaitAsync(patience.Token);
        }
        catch (Exception failure)
        {
            LogNoAnswer(Logger, failure, Workload.Kind);
            _engines = [new EngineStatus("unknown", L["Its engines can't be asked now"], Ready: false, L["The server's log says why."])];
        }
    }

    [LoggerMessage(LogLevel.Warning, "The engines of {Kind} could not be asked for the page that lists them.")]
    private static partial void LogNoAnswer(ILogger logger, Exception failure, string kind);
}
