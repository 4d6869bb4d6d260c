using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Health;

/// <summary>Whether the server can keep what it is given, and what it is; looked at again every few seconds.</summary>
public sealed partial class ServerHealth
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private string? _error;
    private DiskSpace? _disk;

    [Inject]
    private IJobStore Store { get; set; } = null!;

    [Inject]
    private IOptions<ExecutionOptions> Options { get; set; } = null!;

    [Inject]
    private DataDirectory Data { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    [Inject]
    private IConfiguration Configuration { get; set; } = null!;

    private string Provider => Configuration["Storage:Provider"] ?? "Sqlite";

    /// <inheritdoc/>
    protected override void OnInitialized()
    {
        base.OnInitialized();
        Follow(LookAsync);
    }

    private static string SizeOf(long bytes) =>
        UiText.Of("{0:#,0.0} GB", bytes / 1e9);

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            _error = await ProbeAsync(cancellationToken);
            _disk = DiskSpace.Of(Data.Path);
            Changed();
            await Task.Delay(LookEvery, Time, cancellationToken);
        }
    }

    private async Task<string?> ProbeAsync(CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await Store.ProbeAsync(either.Token).AsTask().WaitAsync(either.Token);
            return null;
        }
        catch (StorageUnavailableException unavailable)
        {
            return RefusalTexts.Of(HandlerFailure.Outage, unavailable.Message);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return L["The store does not answer in time."];
        }
    }
}
