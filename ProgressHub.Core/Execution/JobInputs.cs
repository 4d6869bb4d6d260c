using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>The inputs of jobs that were accepted.</summary>
internal sealed class JobInputs(IJobStore store, WorkloadCatalog workloads, IKeptSecrets secrets, KeptPlans plans)
{
    /// <summary>An input without its secrets; null where there is no such job.</summary>
    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(JobId id, CancellationToken cancellationToken) =>
        store.ReadInputAsync(id, cancellationToken);

    /// <summary>An input with those of its secrets that are still known, to be submitted again; null where it is gone.</summary>
    public async Task<JsonElement?> ReadWholeAsync(JobId id, CancellationToken cancellationToken) =>
        await store.ReadInputAsync(id, cancellationToken) is { } stored
            ? JobSecrets.Merge(await secrets.FindAsync(id, cancellationToken), JsonElement.Parse(stored.Span))
            : null;

    /// <summary>Replaces the input of a job that has not ended; it is checked as at submission, and its files stay the same.</summary>
    /// <returns>False where the job has ended, or is gone.</returns>
    /// <exception cref="WorkloadException">It is not acceptable; the job's is as before.</exception>
    /// <exception cref="JobConflictException"><c>file_taken</c>: it names other files.</exception>
    public async Task<bool> AmendAsync(
        JobId id, string kind, string owner, JsonElement input, CancellationToken cancellationToken)
    {
        var workload = workloads.Get(kind);
        if (await store.ReadInputAsync(id, cancellationToken) is not { } bytes)
            return false;
        using var before = JsonDocument.Parse(bytes);
        if (!FileInputs.Of(workload.Descriptor, before.RootElement).SequenceEqual(FileInputs.Of(workload.Descriptor, input)))
            throw new JobConflictException("file_taken", "A job keeps the files it began with.");
        var merged = JobSecrets.Merge(await secrets.FindAsync(id, cancellationToken), input);
        await workload.PlanAsync(new WorkloadInput(merged), owner, cancellationToken);
        var (stored, _) = JobSecrets.Split(merged, workload.Descriptor.SecretInputs, workloads.SecretNames);
        plans.Take(id);
        return await store.AmendInputAsync(id, stored, cancellationToken);
    }
}
