using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Tests.Testing;

/// <summary>What the tests of the harness run: one stage, then what a test says.</summary>
internal sealed class ReadingWorkload(Func<ReadingInput, WorkloadContext, Task<WorkloadOutcome>> run) : Workload<ReadingInput>
{
    public static readonly WorkloadOutcome Nothing = new(null);

    public ReadingWorkload(Func<ReadingInput, WorkloadContext, Task> run)
        : this(async (input, context) =>
        {
            await run(input, context);
            return Nothing;
        })
    {
    }

    /// <summary>How the input is cut into pieces.</summary>
    public string? Cut { get; set; }

    public override string Kind => "reading";

    public override StagePlan Stages { get; } = new(new Stage("reading", "Reading", 1), new Stage("counting", "Counting", 3));

    public override ValueTask<WorkloadPlan> PlanAsync(ReadingInput input, string owner, CancellationToken cancellationToken) =>
        new(new WorkloadPlan(Stages, Engine: input.ApiKey is null ? null : "paid", "Reading") { PartialsKey = Cut });

    public override Task<WorkloadOutcome> RunAsync(ReadingInput input, WorkloadContext context) => run(input, context);
}
