using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Retries;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>The files of jobs as attempts use them: what the store knows of them, however long it takes, and their bytes.</summary>
internal sealed class FileSupply(
    UploadService uploads, IFileStore files, WorkFolders workFolders, WorkloadCatalog workloads, IOptions<UploadOptions> options,
    TimeProvider time)
{
    /// <summary>Whoever sends or makes files.</summary>
    public UploadService Uploads => uploads;

    /// <summary>Where attempts put what they need for a while.</summary>
    public WorkFolders WorkFolders => workFolders;

    /// <summary>How long nothing of a file may come before it is given up.</summary>
    public TimeSpan IdleTimeout => options.Value.IdleTimeout;

    /// <summary>A file of a job's owner; null where there is none such.</summary>
    public async Task<StoredFile?> FindAsync(string id, Job job, CancellationToken cancellationToken)
    {
        var file = await AskAsync(() => files.FindAsync(id, cancellationToken), cancellationToken);
        return file?.Owner == job.Owner ? file : null;
    }

    /// <summary>What an earlier attempt, or this one, made under a name; null where there is none.</summary>
    public async Task<StoredFile?> FindDerivedAsync(string name, Job job, CancellationToken cancellationToken)
    {
        var known = await AskAsync(() => files.ListOfJobAsync(job.Id, cancellationToken), cancellationToken);
        return known.FirstOrDefault(f => f.Derived && f.File.Name == name)?.File;
    }

    /// <summary>Makes a file one that the job's work made; false where another attempt has begun since.</summary>
    public Task<bool> KeepDerivedAsync(StoredFile file, Job job, CancellationToken cancellationToken) =>
        AskAsync(() => files.KeepDerivedAsync(file, job.Fence, cancellationToken), cancellationToken);

    /// <summary>Gives up a file of which nothing more comes.</summary>
    public Task GiveUpAsync(StoredFile file, CancellationToken cancellationToken) => StorageRetry.RetryUntilAvailableAsync(
        () => uploads.BreakAsync(file.Id, new UploadException(
            UploadException.Incomplete, $"Nothing more of {file.Name} came for {IdleTimeout:g}; send it again.")),
        time, cancellationToken);

    /// <summary>Waits until something ends, or for so long.</summary>
    public Task WaitAsync(Task something, TimeSpan atMost, CancellationToken cancellationToken) =>
        Task.WhenAny(something, Task.Delay(atMost, time, cancellationToken));

    /// <summary>What is still on its way to a job that has ended is no longer wanted, unless another job wants it too.</summary>
    public async Task DropIncompleteAsync(Job job)
    {
        if (workloads.Find(job.Kind) is { Descriptor.FileInput: null })
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

    private Task<T> AskAsync<T>(Func<ValueTask<T>> ask, CancellationToken cancellationToken) =>
        StorageRetry.RetryUntilAvailableAsync(() => ask().AsTask(), time, cancellationToken);
}
