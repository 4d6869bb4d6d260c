using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>What jobs have made: their results and their files.</summary>
internal sealed class JobResults(
    IJobStore store, IFileStore files, WorkloadCatalog workloads, JobPartials partials, RunningJobs running)
{
    /// <summary>The result; with <paramref name="soFar"/>, of an unfinished job what can be made of its pieces. Null where there is none.</summary>
    public async Task<ResultDocument?> ReadAsync(JobId id, bool soFar, CancellationToken cancellationToken)
    {
        if (await store.ReadResultAsync(id, cancellationToken) is { } result)
            return result;
        if (!soFar || await store.FindAsync(id, cancellationToken) is not { } job
            || await InputAsync(id, cancellationToken) is not { } input)
            return null;
        return workloads.Find(job.Kind)?.Assemble(input, await partials.ReadResultsAsync(id, cancellationToken));
    }

    /// <summary>A job's files: those it was given, then those its work made.</summary>
    public ValueTask<IReadOnlyList<JobFile>> ListFilesAsync(JobId id, CancellationToken cancellationToken) =>
        files.ListOfJobAsync(id, cancellationToken);

    /// <summary>An attempt that runs has read it already.</summary>
    private async ValueTask<WorkloadInput?> InputAsync(JobId id, CancellationToken cancellationToken)
    {
        if (running.TryGet(id, out var execution) && execution.Input is { } read)
            return read;
        return await store.ReadInputAsync(id, cancellationToken) is { } bytes ? new WorkloadInput(JsonElement.Parse(bytes.Span)) : null;
    }
}
