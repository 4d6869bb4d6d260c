using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Workloads;

/// <summary>How an attempt ended that was not canceled and did not throw.</summary>
/// <param name="Result">The result; null where the job has none to download.</param>
/// <param name="FailedItems">
/// How many pieces failed for good. With any, the job ends as failed with code <c>items_failed</c>, keeps its result,
/// and those pieces alone can be retried.
/// </param>
public sealed record WorkloadOutcome(ResultDocument? Result, int FailedItems = 0);
