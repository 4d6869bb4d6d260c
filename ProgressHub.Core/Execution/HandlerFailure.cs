using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>What an exception of a workload's code means for its job.</summary>
internal static class HandlerFailure
{
    /// <summary>The code of a failure that is an outage of a database.</summary>
    public const string Outage = "storage_unavailable";

    /// <summary>The failure to tell; null where the exception is a defect, or the server is closing.</summary>
    public static WorkloadException? Of(Exception exception) => exception switch
    {
        WorkloadException failure => failure,
        StorageClosedException => null,
        // A database of the workload's own, beside the log: the same outage that keeps a submission waiting.
        StorageUnavailableException outage => new WorkloadException(Outage, outage.Message, outage) { IsTransient = true },
        StorageDamagedException damage => new WorkloadException(StorageDamagedException.Code, damage.Message, damage),
        _ => null,
    };
}
