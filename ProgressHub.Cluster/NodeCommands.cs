using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Cluster;

/// <summary>Commands to jobs that other nodes run, and the same of others to jobs that run here.</summary>
internal sealed class NodeCommands(NodeClient client, IServiceProvider services) : IRemoteAttempts
{
    // They are made after this, which the service of the node needs before the engine begins.
    private RunningJobs Running => field ??= services.GetRequiredService<RunningJobs>();

    private IReportTaker? Reports => field ??= services.GetService<IReportTaker>();

    private JobQueue Queue => field ??= services.GetRequiredService<JobQueue>();

    /// <summary>Another node says that a job waits.</summary>
    public void Wake() => Queue.Signal();

    /// <summary>Another node asks for the end of a job; false where it does not run here.</summary>
    public async Task<bool> CancelAsync(string job) =>
        Running.TryGet(Parse(job), out var execution) && await execution.CancelAsync(CancellationToken.None);

    /// <summary>Another node brings an answer; null where it was taken, else the code and the words of the refusal.</summary>
    public async Task<string[]?> AnswerAsync(string job, string requestId, string answer)
    {
        if (!Running.TryGet(Parse(job), out var execution))
            return [NoSuchAttempt, "The job asks nothing now."];
        try
        {
            await execution.AnswerAsync(requestId, answer);
            return null;
        }
        catch (JobConflictException refusal)
        {
            return [refusal.Code, refusal.Message];
        }
    }

    /// <summary>Another node changes a job's tags; null where that is done, else the code and the words of the refusal.</summary>
    public async Task<string[]?> TagAsync(string job, TagChange change)
    {
        try
        {
            return Running.TryGet(Parse(job), out var execution) && await execution.TagAsync(change, CancellationToken.None)
                ? null
                : [NoSuchAttempt, "The job does not run here."];
        }
        catch (WorkloadException refusal)
        {
            return [refusal.Code, refusal.Message];
        }
    }

    /// <summary>Another node brings a program's report; null where no attempt takes it here.</summary>
    public Task<byte[]?> ReportAsync(string job, byte[] report)
    {
        var id = Parse(job);

        // Not on the thread of the node's service, which all others wait for.
        return Reports is { } reports && Running.TryGet(id, out _) ? Task.Run(() => reports.TakeAsync(id, report)) : Task.FromResult<byte[]?>(null);
    }

    /// <inheritdoc/>
    public async Task<bool> TagAsync(string node, JobId id, TagChange change, CancellationToken cancellationToken)
    {
        string[]? refusal;
        try
        {
            refusal = await client.At(SiloAddress.FromParsableString(node))
                .Tag(id.ToString(), [.. change.Add], [.. change.Remove]).WaitAsync(cancellationToken);
        }
        catch (Exception failure) when (IsUnreachable(failure))
        {
            return false;
        }

        return refusal is null ? true
            : refusal[0] == NoSuchAttempt ? false
            : throw new WorkloadException(refusal[0], refusal[1]) { Property = "tags" };
    }

    /// <inheritdoc/>
    public async Task<bool> CancelAsync(string node, JobId id, CancellationToken cancellationToken)
    {
        try
        {
            return await client.At(SiloAddress.FromParsableString(node)).Cancel(id.ToString()).WaitAsync(cancellationToken);
        }
        catch (Exception failure) when (IsUnreachable(failure))
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public async Task<bool> AnswerAsync(string node, JobId id, string requestId, string answer)
    {
        string[]? refusal;
        try
        {
            refusal = await client.At(SiloAddress.FromParsableString(node)).Answer(id.ToString(), requestId, answer);
        }
        catch (Exception failure) when (IsUnreachable(failure))
        {
            return false;
        }

        return refusal is null ? true
            : refusal[0] == NoSuchAttempt ? false
            : throw new JobConflictException(refusal[0], refusal[1]);
    }

    /// <inheritdoc/>
    public async Task<byte[]?> ReportAsync(string node, JobId id, byte[] report, CancellationToken cancellationToken)
    {
        try
        {
            return await client.At(SiloAddress.FromParsableString(node)).Report(id.ToString(), report).WaitAsync(cancellationToken);
        }
        catch (Exception failure) when (IsUnreachable(failure))
        {
            throw new AttemptUnreachableException("The node that runs the job did not answer.", failure);
        }
    }

    private const string NoSuchAttempt = "not_here";

    private static JobId Parse(string job) => JobId.Parse(job, CultureInfo.InvariantCulture);

    // The node is gone, going or was never one; the job is soon elsewhere.
    private static bool IsUnreachable(Exception failure) => failure is OrleansException or TimeoutException or FormatException or ArgumentException;
}
