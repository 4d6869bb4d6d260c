using System.Text;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Workloads;

/// <summary>How an attempt ended that was not canceled and did not throw.</summary>
/// <param name="Result">The result; null where the job has none to download.</param>
/// <param name="FailedItems">
/// How many pieces failed for good. With any, the job ends as failed with code <c>items_failed</c>, keeps its result,
/// and those pieces alone can be retried.
/// </param>
public sealed record WorkloadOutcome(ResultDocument? Result, int FailedItems = 0)
{
    /// <summary>
    /// Whether it was asked something and found nothing to answer with: the job did its work and ends as succeeded, and says
    /// so with the outcome <see cref="Events.JobOutcomes.NoAnswer"/>.
    /// </summary>
    public bool IsNoAnswer { get; init; }

    /// <summary>A result that is plain text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fileName">What to save it as.</param>
    public static WorkloadOutcome Text(string text, string fileName = "result.txt") =>
        new(new ResultDocument("text/plain; charset=utf-8", fileName, Encoding.UTF8.GetBytes(text)));
}
