using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>What every attempt needs of the server.</summary>
internal sealed class ExecutionServices(
    IJobStore store, JobPartials partials, JobSecrets secrets, JobQueue queue, JobMetrics metrics,
    IOptions<ExecutionOptions> options, TimeProvider time)
{
    private static readonly TimeSpan StoreRetry = TimeSpan.FromMilliseconds(500);

    public IJobStore Store => store;

    public JobPartials Partials => partials;

    public JobSecrets Secrets => secrets;

    public JobQueue Queue => queue;

    public JobMetrics Metrics => metrics;

    public ExecutionOptions Options => options.Value;

    public TimeProvider Time => time;

    /// <summary>Keeps a result, however long the store takes; false where the job is another attempt's by now.</summary>
    public async Task<bool> SaveResultAsync(Job job, ResultDocument result, CancellationToken lost)
    {
        while (!lost.IsCancellationRequested)
        {
            try
            {
                return await store.SaveResultAsync(job.Id, job.Attempt, result, CancellationToken.None);
            }
            catch (StorageUnavailableException)
            {
                await Task.Delay(StoreRetry, time, CancellationToken.None);
            }
        }

        return false;
    }
}
