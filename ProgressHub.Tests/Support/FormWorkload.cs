using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Tests.Support;

/// <summary>A translation as the form sees it: engines, and a check of the input. It runs what a test gives it.</summary>
internal sealed class FormWorkload : IWorkload
{
    public static readonly StagePlan Plan = new(
        new Stage("preparing", "Preparing", 1), new Stage("translating", "Translating", 8), new Stage("assembling", "Assembling", 1));

    public WorkloadDescriptor Descriptor { get; } = new()
    {
        Kind = "translation",
        Label = "Translation",
        Description = "Translates.",
        InputSchema = JsonDocument.Parse("{}").RootElement,
        Stages = Plan,
        SecretInputs = ["apiKey"],
    };

    public IReadOnlyList<EngineStatus> Engines { get; set; } = [new("pseudo", "Pseudo-localisation", Ready: true)];

    /// <summary>What a request is refused with.</summary>
    public WorkloadException? Refusal { get; set; }

    /// <summary>Every input that was accepted, as it came.</summary>
    public List<JsonElement> Accepted { get; } = [];

    /// <summary>Held while a request is checked, where set.</summary>
    public TaskCompletionSource? Gate { get; set; }

    public Func<WorkloadContext, Task> Run { get; set; } = _ => Task.CompletedTask;

    public async ValueTask<WorkloadPlan> PlanAsync(WorkloadInput input, string owner, CancellationToken cancellationToken)
    {
        if (Gate is { } gate)
            await gate.Task.WaitAsync(cancellationToken);
        if (Refusal is { } refusal)
            throw refusal;
        Accepted.Add(input.Json.Clone());
        return new WorkloadPlan(Plan, "pseudo", "Untitled");
    }

    public async Task<WorkloadOutcome> RunAsync(WorkloadInput input, WorkloadContext context)
    {
        await Run(context);
        return new WorkloadOutcome(new ResultDocument("text/plain", "result.txt", "done"u8.ToArray()));
    }

    public ResultDocument? Assemble(WorkloadInput input, IReadOnlyDictionary<int, PartialResult> partials) => null;

    public ValueTask<IReadOnlyList<EngineStatus>> GetEnginesAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(Engines);
}
