using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Tests.Support;

/// <summary>
/// Does what a test says, step by step. An input is <c>{"text":…, "run":"name"}</c>; a test enqueues steps on the
/// <see cref="Script"/> of that name. A job without a run echoes its text and ends.
/// </summary>
internal sealed class ScriptedWorkload : IWorkload
{
    private readonly ConcurrentDictionary<string, Script> _scripts = new();

    public WorkloadDescriptor Descriptor { get; } = new()
    {
        Kind = "scripted",
        Label = "Scripted",
        Description = "Does what a test says.",
        InputSchema = JsonDocument.Parse("""{"type":"object","properties":{"text":{"type":"string"}}}""").RootElement,
        Stages = new StagePlan(new Stage("reading", "Reading", 1), new Stage("writing", "Writing", 3)),
        SecretInputs = ["apiKey"],
    };

    /// <summary>What it says of its engines; null to fail.</summary>
    public IReadOnlyList<EngineStatus>? Engines { get; set; } =
        [new EngineStatus("script", "A test", Ready: true), new EngineStatus("other", "Missing", Ready: false, "Install it.")];

    public Script this[string run] => _scripts.GetOrAdd(run, _ => new Script());

    public ValueTask<WorkloadPlan> PlanAsync(WorkloadInput input, string owner, CancellationToken cancellationToken)
    {
        if (!input.Json.TryGetProperty("text", out var text) || text.ValueKind != JsonValueKind.String)
            throw new WorkloadException("invalid_input", "'text' is missing.") { Property = "input.text" };
        if (text.GetString() is "explode")
            throw new InvalidOperationException("A secret of the server.");
        if (text.GetString() is "busy")
            throw new WorkloadException("queue_full", "Too many jobs wait already; try again later.") { IsTransient = true };
        return ValueTask.FromResult(new WorkloadPlan(Descriptor.Stages, "script", "A scripted job"));
    }

    public async Task<WorkloadOutcome> RunAsync(WorkloadInput input, WorkloadContext context)
    {
        var text = context.Input.GetProperty("text").GetString()!;
        return context.Input.TryGetProperty("run", out var run)
            ? await this[run.GetString()!].PlayAsync(context)
            : new WorkloadOutcome(Document(text));
    }

    public ResultDocument? Assemble(WorkloadInput input, IReadOnlyDictionary<int, PartialResult> partials) =>
        partials.Count == 0 ? null : Document(string.Join('\n', partials.OrderBy(p => p.Key).Select(p => p.Value.Text)));

    public ValueTask<IReadOnlyList<EngineStatus>> GetEnginesAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(Engines ?? throw new InvalidOperationException("No engine answers."));

    public static ResultDocument Document(string text) =>
        new("text/plain; charset=utf-8", "../evil\"\r\n<b>.txt", Encoding.UTF8.GetBytes(text));
}
