using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>What an exception of a workload's code means for its job.</summary>
internal static class HandlerFailure
{
    /// <summary>The failure to tell; null where the exception is a defect, or the server is closing.</summary>
    public static WorkloadException? Of(Exception exception) => exception switch
    {
        WorkloadException failure => failure,
        StorageClosedException => null,
        // A database of the workload's own, beside the log: the same outage that keeps a submission waiting.
        StorageUnavailableException outage => new WorkloadException("storage_unavailable", outage.Message, outage) { IsTransient = true },
        _ => null,
    };
}
