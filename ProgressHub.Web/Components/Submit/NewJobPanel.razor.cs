using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Web.Components.Submit;

/// <summary>Where a job begins: what kind it is, and its form.</summary>
public sealed partial class NewJobPanel
{
    /// <summary>What to do: <c>translate</c>, <c>transcribe</c>, <c>ask</c>, <c>analyse</c>, <c>external</c> or a kind.</summary>
    [Parameter]
    public string? Do { get; set; }

    /// <summary>The job whose input the form begins with.</summary>
    [Parameter]
    public string? From { get; set; }

    [Inject]
    private WorkloadCatalog Workloads { get; set; } = null!;

    // A workload without a form of its own gets one made from its input's schema.
    private IReadOnlyList<NewJobTask> Tasks =>
    [
        .. NewJobTask.All,
        .. Workloads.All.Select(workload => workload.Descriptor).Where(workload => !NewJobTask.HasForm(workload.Kind))
            .Select(workload => new NewJobTask(workload.Kind, workload.Label, "play", workload.Label, workload.Description)),
    ];

    private NewJobTask Task => Tasks.FirstOrDefault(task => task.Name == Do || KindOf(task.Name) == Do) ?? NewJobTask.All[0];

    private JobId? Source => JobId.TryParse(From, null, out var id) ? id : null;

    private static string KindOf(string task) => NewJobTask.Kinds.GetValueOrDefault(task, task);
}
