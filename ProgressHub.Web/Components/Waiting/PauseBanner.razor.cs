using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Web.Components.Accounts;

namespace ProgressHub.Web.Components.Waiting;

/// <summary>Says what is paused, who did it and when; who sees to the server pauses and resumes here.</summary>
public sealed partial class PauseBanner
{
    private string _kind = "";

    /// <summary>What is paused.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<QueuePause> Pauses { get; set; } = [];

    [Inject]
    private QueueSwitch Switch { get; set; } = null!;

    [Inject]
    private WorkloadCatalog Workloads { get; set; } = null!;

    [Inject]
    private IServiceProvider Services { get; set; } = null!;

    private Task PauseAsync() => TryAsync(async () =>
    {
        var by = await ActingAdministrator.RequireAsync(Caller, Services);
        await Switch.PauseAsync(_kind.Length > 0 ? _kind : null, by.AccountId, Caller.Name, CancellationToken.None);
        _kind = "";
    });

    private Task ResumeAsync(string? kind) => TryAsync(async () =>
    {
        var by = await ActingAdministrator.RequireAsync(Caller, Services);
        await Switch.ResumeAsync(kind, by.AccountId, CancellationToken.None);
    });
}
