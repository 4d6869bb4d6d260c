using Microsoft.Extensions.Options;
using ProgressHub.Core.Events;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>Makes executions of attempts.</summary>
internal sealed class AttemptFactory(
    AttemptPreparation preparation, FileSupply files, HandlerRunner handlers, AttemptOutcome outcome,
    IOptions<ExecutionOptions> options, TimeProvider time)
{
    /// <summary>The execution of a job's attempt that was begun.</summary>
    /// <param name="writer">The job's log.</param>
    /// <param name="workload">What does it.</param>
    /// <param name="slot">Its slot.</param>
    public JobExecution Create(EventWriter writer, IWorkload workload, JobSlot slot) =>
        new(new Attempt(writer, workload, slot, options.Value, time), preparation, files, handlers, outcome);
}
