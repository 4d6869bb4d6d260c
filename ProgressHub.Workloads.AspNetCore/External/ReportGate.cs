using System.Collections.Concurrent;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Workloads.External;

namespace ProgressHub.Workloads.AspNetCore.External;

/// <summary>Lets in the programs that may report for a job: those that have its token, whoever else they are.</summary>
internal sealed class ReportGate(IJobStore store, JobService jobs, WriteTokens tokens)
{
    private const int MaxStreams = 16;
    private const string Scheme = "Bearer ";

    private readonly ConcurrentDictionary<JobId, int> _streams = new();

    /// <summary>The job that is reported for.</summary>
    /// <exception cref="RefusedException">
    /// 401 to who is nobody; 404 or 410 to whom the job does not exist; to its owner 401 <c>token_required</c> or 403 <c>wrong_token</c>.
    /// </exception>
    public async Task<Job> AdmitAsync(HttpContext context, JobId id)
    {
        var token = Token(context.Request);
        if (token is not null && tokens.IsValid(id, token))
        {
            if (await store.FindAsync(id, context.RequestAborted) is { Kind: ExternalJobs.Kind } job)
                return job;
            throw new RefusedException(
                await store.FindTombstoneAsync(id, context.RequestAborted) is null ? ProblemMapping.NoJob : ProblemMapping.Purged);
        }

        // Who is nobody learns nothing of what there is, not even by another answer.
        if (context.User.Identity is not { IsAuthenticated: true })
            throw new RefusedException(ProblemMapping.Of(StatusCodes.Status401Unauthorized));
        var owner = context.User.Owner();
        if (await jobs.FindAsync(id, owner, context.RequestAborted) is null)
        {
            throw new RefusedException(
                await jobs.WasPurgedAsync(id, owner, context.RequestAborted) ? ProblemMapping.Purged : ProblemMapping.NoJob);
        }

        if (token is not null)
        {
            throw new RefusedException(
                StatusCodes.Status403Forbidden, "wrong_token", "This is not the write token of this job.", "Authorization");
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        throw new RefusedException(
            StatusCodes.Status401Unauthorized, "token_required",
            "Send the job's writeToken, which submitting it answered, as 'Authorization: Bearer ...'.", "Authorization");
    }

    /// <summary>Counts a stream of updates in; <see cref="ExitStream"/> must follow.</summary>
    /// <exception cref="RefusedException">429 <c>too_many_streams</c>; nothing was counted.</exception>
    public void EnterStream(JobId id)
    {
        if (_streams.AddOrUpdate(id, 1, static (_, count) => count + 1) <= MaxStreams)
            return;
        ExitStream(id);
        throw new RefusedException(
            StatusCodes.Status429TooManyRequests, "too_many_streams", $"At most {MaxStreams} streams report for a job at once.");
    }

    public void ExitStream(JobId id)
    {
        if (_streams.AddOrUpdate(id, 0, static (_, count) => count - 1) == 0)
            _streams.TryRemove(new KeyValuePair<JobId, int>(id, 0));
    }

    private static string? Token(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? header[Scheme.Length..].Trim() : null;
    }
}
