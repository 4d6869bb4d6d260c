using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>Attempts that run on other nodes.</summary>
internal interface IRemoteAttempts
{
    /// <summary>Asks for the end of a job; false where that node does not run it, or can't be reached.</summary>
    Task<bool> CancelAsync(string node, JobId id, CancellationToken cancellationToken);

    /// <summary>Changes the tags of a job; false where that node does not run it, or can't be reached.</summary>
    /// <exception cref="Workloads.WorkloadException">A new tag is not acceptable.</exception>
    Task<bool> TagAsync(string node, JobId id, TagChange change, CancellationToken cancellationToken);

    /// <summary>Answers the question of a job; false where that node does not run it, or can't be reached.</summary>
    /// <exception cref="JobConflictException">The job asks nothing, or something else.</exception>
    Task<bool> AnswerAsync(string node, JobId id, string requestId, string answer);

    /// <summary>Hands a program's report to the attempt that listens for it; null where that node does not run it.</summary>
    /// <returns>What the node's <see cref="IReportTaker"/> answers.</returns>
    /// <exception cref="AttemptUnreachableException">The node did not answer: whether it took the report is not known.</exception>
    Task<byte[]?> ReportAsync(string node, JobId id, byte[] report, CancellationToken cancellationToken);
}
