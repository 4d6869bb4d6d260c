using System.Text.Json;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>What every attempt needs of the server.</summary>
internal sealed class ExecutionServices(
    IJobStore store, WorkloadCatalog workloads, JobPartials partials, JobSecrets secrets, JobQueue queue, JobMetrics metrics,
    UploadService uploads, IFileStore files, WorkFolders workFolders, IOptions<UploadOptions> uploadOptions,
    DurationHistory durations, IOptions<ExecutionOptions> options, TimeProvider time)
{
    private static readonly TimeSpan StoreRetry = TimeSpan.FromMilliseconds(250);

    public IJobStore Store => store;

    public JobPartials Partials => partials;

    public JobSecrets Secrets => secrets;

    public JobQueue Queue => queue;

    public JobMetrics Metrics => metrics;

    public UploadService Uploads => uploads;

    public IFileStore Files => files;

    public WorkFolders WorkFolders => workFolders;

    public UploadOptions UploadOptions => uploadOptions.Value;

    public DurationHistory Durations => durations;

    public ExecutionOptions Options => options.Value;

    public TimeProvider Time => time;

    /// <summary>Asks something of the store again and again while it can't answer, so that an outage fails no job.</summary>
    /// <exception cref="StorageClosedException">It never will.</exception>
    public async Task<T> InsistAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (StorageUnavailableException outage) when (outage is not StorageClosedException)
            {
                await Task.Delay(StoreRetry, time, cancellationToken);
            }
        }
    }

    /// <summary>The input as the store has it.</summary>
    public async Task<JsonElement> ReadInputAsync(JobId id)
    {
        var input = await store.ReadInputAsync(id, CancellationToken.None)
            ?? throw new InvalidOperationException($"Job {id} has no input.");
        using var document = JsonDocument.Parse(input);
        return document.RootElement.Clone();
    }

    /// <summary>Keeps a result, however long the store takes; false where the job is another attempt's by now.</summary>
    public async Task<bool> SaveResultAsync(Job job, ResultDocument result, CancellationToken lost)
    {
        try
        {
            return await InsistAsync(
                () => store.SaveResultAsync(job.Id, job.Attempt, result, CancellationToken.None).AsTask(), lost);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>What is still on its way to a job that has ended is no longer wanted, unless another job wants it too.</summary>
    public async Task DropUploadsAsync(Job job)
    {
        if (workloads.Find(job.Kind)?.Descriptor.FileInput is null)
            return;
        try
        {
            foreach (var id in await files.RemoveIncompleteAsync(job.Id, CancellationToken.None))
                await uploads.EndAsync(id, new UploadException(UploadException.Incomplete, "The job of this file has ended."));
        }
        catch (StorageUnavailableException)
        {
            // The sweep removes what does not come to an end.
        }
    }
}
