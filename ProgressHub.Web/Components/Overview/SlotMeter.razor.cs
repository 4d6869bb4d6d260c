using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Web.Components.Overview;

/// <summary>How many jobs run at once, of how many that may.</summary>
public sealed partial class SlotMeter
{
    [Inject]
    private JobQueue Queue { get; set; } = null!;

    [Inject]
    private WorkloadCatalog Workloads { get; set; } = null!;

    [Inject]
    private IOptions<ExecutionOptions> Options { get; set; } = null!;

    private int Slots => Options.Value.MaxConcurrency;

    private int Used => Queue.Running.Where(kind => !IsRemote(kind.Key)).Sum(kind => kind.Value);

    private int Remote => Queue.Running.Where(kind => IsRemote(kind.Key)).Sum(kind => kind.Value);

    private string Width => string.Create(CultureInfo.InvariantCulture, $"width:{100.0 * Math.Min(Used, Slots) / Slots:0.#}%");

    private bool IsRemote(string kind) => Workloads.Find(kind)?.Descriptor.IsRemote == true;
}
