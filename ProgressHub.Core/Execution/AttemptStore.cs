using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Retries;

namespace ProgressHub.Core.Execution;

/// <summary>What an attempt keeps in the store beside its log, however long the store takes: input, checkpoint, result.</summary>
internal sealed class AttemptStore(IJobStore store, TimeProvider time)
{
    /// <summary>Does something with the store again and again while it can't answer.</summary>
    public Task<T> RetryAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken) =>
        StorageRetry.RetryUntilAvailableAsync(ask, time, cancellationToken);

    /// <summary>The input as the store has it.</summary>
    public Task<JsonElement> ReadInputAsync(JobId id, CancellationToken cancellationToken) =>
        RetryAsync(
            async () =>
            {
                var input = await store.ReadInputAsync(id, CancellationToken.None)
                    ?? throw new InvalidOperationException($"Job {id} has no input.");
                return JsonElement.Parse(input.Span);
            },
            cancellationToken);

    /// <summary>The last checkpoint; null where there is none.</summary>
    public Task<ReadOnlyMemory<byte>?> ReadCheckpointAsync(JobId id, CancellationToken cancellationToken) =>
        RetryAsync(() => store.ReadCheckpointAsync(id, cancellationToken).AsTask(), cancellationToken);

    /// <summary>Keeps a checkpoint; false where the job is another attempt's by now.</summary>
    public Task<bool> SaveCheckpointAsync(Job job, ReadOnlyMemory<byte> checkpoint, CancellationToken cancellationToken) =>
        RetryAsync(() => store.SaveCheckpointAsync(job.Fence, checkpoint, cancellationToken).AsTask(), cancellationToken);

    /// <summary>Keeps a result; false where the job is another attempt's by now.</summary>
    /// <param name="job">The job.</param>
    /// <param name="result">The result.</param>
    /// <param name="lost">Canceled once another attempt has the job.</param>
    public async Task<bool> SaveResultAsync(Job job, ResultDocument result, CancellationToken lost)
    {
        try
        {
            return await RetryAsync(
                () => store.SaveResultAsync(job.Fence, result, CancellationToken.None).AsTask(), lost);
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested)
        {
            return false;
        }
    }
}
