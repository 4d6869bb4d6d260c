using Dapper;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Sharing;

/// <summary>The secrets of jobs that several nodes run, as they are encrypted.</summary>
internal sealed class JobSecretTable(SharedState state)
{
    // Longer than a submission takes.
    private static readonly TimeSpan Orphaned = TimeSpan.FromHours(1);

    /// <summary>Keeps what came with a job. What an earlier request for the same job has brought stays.</summary>
    public Task AddAsync(JobId job, byte[] value, CancellationToken cancellationToken) => state.Database.WriteAsync(
        connection => connection.Execute(
            "INSERT INTO job_secrets (job, value) VALUES (@job, @value) ON CONFLICT DO NOTHING", new { job = job.ToString(), value }),
        cancellationToken);

    /// <summary>What came with a job; null where nothing did, or nothing is kept any more.</summary>
    public Task<byte[]?> FindAsync(JobId job, CancellationToken cancellationToken) => state.Database.ReadAsync(
        connection => connection.QuerySingleOrDefault<byte[]>("SELECT value FROM job_secrets WHERE job = @job", new { job = job.ToString() }),
        cancellationToken);

    /// <summary>Deletes what came with a job.</summary>
    public Task DeleteAsync(JobId job, CancellationToken cancellationToken) => state.Database.WriteAsync(
        connection => connection.Execute("DELETE FROM job_secrets WHERE job = @job", new { job = job.ToString() }), cancellationToken);

    /// <summary>Deletes what came with jobs that have ended, with failed ones a little later, and with those that never were.</summary>
    /// <param name="failedBefore">What jobs that have failed later came with stays.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Of how many jobs something went.</returns>
    public Task<int> SweepAsync(DateTimeOffset failedBefore, CancellationToken cancellationToken) => state.Database.WriteAsync(
        connection => connection.Execute(
            """
            DELETE FROM job_secrets s WHERE
              EXISTS (SELECT 1 FROM jobs j WHERE j.id = s.job AND j.finished_at IS NOT NULL AND (j.state <> 'failed' OR j.finished_at < @before))
              OR (s.kept_at < clock_timestamp() - @orphaned AND NOT EXISTS (SELECT 1 FROM jobs j WHERE j.id = s.job))
            """,
            new { orphaned = Orphaned, before = failedBefore.UtcTicks - DateTimeOffset.UnixEpoch.Ticks }),
        cancellationToken);
}
