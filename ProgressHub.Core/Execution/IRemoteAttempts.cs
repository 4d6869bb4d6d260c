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
}
