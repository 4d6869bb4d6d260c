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
    /// <summary>Who asks, in the words of the engine.</summary>
    public string Owner => User.Owner();

    /// <summary>What to answer where the caller has no such job: gone, or never there.</summary>
    public async Task<ProblemResult> AbsentAsync() => new(
        await Jobs.WasPurgedAsync(Id, Owner, Aborted) ? ProblemMapping.Purged : ProblemMapping.NoJob);
}
