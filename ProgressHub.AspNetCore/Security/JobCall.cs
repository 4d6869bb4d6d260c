using System.Security.Claims;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Security;

/// <summary>What every request about one job brings.</summary>
/// <param name="Id">The job; 32 lower-case hexadecimal digits.</param>
/// <param name="User">Who asks.</param>
/// <param name="Jobs">The engine.</param>
/// <param name="Aborted">Whoever asks has gone.</param>
internal readonly record struct JobCall(JobId Id, ClaimsPrincipal User, JobService Jobs, CancellationToken Aborted)
{
    private static readonly Problem TooNarrow = Problem.Of(
        StatusCodes.Status403Forbidden, "share_insufficient",
        "The job is shared with you, but not for that. Ask its owner for the right to manage it, or to do it themselves.");

    /// <summary>Who asks, in the words of the engine.</summary>
    public string Owner => User.Owner();

    /// <summary>What to answer where the caller has no such job: gone, never there, or shared for less than what was asked.</summary>
    public async Task<ProblemResult> AbsentAsync()
    {
        // Who sees a job that is shared with them is told that they may not; for everybody else it is not there.
        if (await Jobs.FindWithRightAsync(Id, Owner, Aborted) is { Right: JobRight.Read or JobRight.Manage })
            return new ProblemResult(TooNarrow);
        return new ProblemResult(await Jobs.WasPurgedAsync(Id, Owner, Aborted) ? ProblemMapping.Purged : ProblemMapping.NoJob);
    }
}
