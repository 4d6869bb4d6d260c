using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>One execution of a job.</summary>
/// <param name="Writer">The job's log, which is the attempt's alone while it lasts.</param>
/// <param name="Workload">What does it.</param>
/// <param name="Slot">Its slot among those that run at once.</param>
/// <param name="Options">The bounds it keeps to.</param>
/// <param name="Time">The clock it goes by.</param>
internal sealed record Attempt(
    EventWriter Writer, IWorkload Workload, JobSlot Slot, ExecutionOptions Options, TimeProvider Time)
{
    /// <summary>The job as of its last event.</summary>
    public Job Job => Writer.Job;

    /// <summary>What its workload is.</summary>
    public WorkloadDescriptor Descriptor => Workload.Descriptor;
}
