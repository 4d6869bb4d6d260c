using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>The files of one attempt: those it waits for, those it makes, and its work folder.</summary>
internal sealed class JobFiles(
    Job job, WorkloadDescriptor workload, JsonElement input, IProgress<ProgressUpdate> progress, JobPlace place,
    ExecutionServices services, CancellationToken cancellationToken)
{
    private const string Unit = "bytes";
    private readonly Lazy<string> _workFolder = new(() => services.WorkFolders.Create(NameOf(job)));

    public string WorkFolder => _workFolder.Value;

    public async Task<UploadedFile> ReceiveAsync(string id)
    {
        // Held before it is asked for, so that its end can't come in between unheard.
        using var hold = services.Uploads.Open(id);
        if (await FindAsync(id) is not { } file)
            throw Absent(id);
        if (!file.IsComplete)
            file = await place.LeaveForAsync(() => WaitAsync(file, hold.Upload), cancellationToken);
        progress.Report(new ProgressUpdate(file.Length, file.Length, $"Received {file.Name}", Unit));
        return Present(file) ?? throw Absent(id);
    }

    public async Task<UploadedFile> AddAsync(string name, string mediaType, Stream content)
    {
        try
        {
            var file = await services.Uploads.CreateAsync(job.Owner, name, null, resumable: false, cancellationToken);
            try
            {
                file = await services.Uploads.AppendAsync(file.Id, job.Owner, 0, content, isRest: true, cancellationToken);
                file = file with { MediaType = mediaType };
                if (!await KeepAsync(file))
                    throw new OperationCanceledException("Another attempt has begun.");
            }
            catch (Exception failure)
            {
                await services.Uploads.BreakAsync(file.Id, failure as UploadException ?? UploadException.Broken());
                throw;
            }

            await services.Uploads.SweepRemovedAsync(cancellationToken);
            return Present(file)!;
        }
        catch (UploadException refusal)
        {
            throw new WorkloadException(refusal.Code, refusal.Message, refusal);
        }
    }

    public async ValueTask<UploadedFile?> FindDerivedAsync(string name)
    {
        var files = await services.InsistAsync(
            () => services.Files.ListOfJobAsync(job.Id, cancellationToken).AsTask(), cancellationToken);
        return files.FirstOrDefault(f => f.Derived && f.File.Name == name) is { } found ? Present(found.File) : null;
    }

    /// <summary>The attempt is over.</summary>
    public void Close()
    {
        if (_workFolder.IsValueCreated)
            services.WorkFolders.Remove(NameOf(job));
    }

    private static string NameOf(Job job) => $"{job.Id}-{job.Attempt}";

    private async Task<StoredFile> WaitAsync(StoredFile file, LiveUpload upload)
    {
        void Report()
        {
            var total = file.Length ?? (upload.Expected > 0 ? upload.Expected : null);
            progress.Report(new ProgressUpdate(Math.Max(file.Received, upload.Received), total, $"Receiving {file.Name}", Unit));
        }

        upload.Advanced += Report;
        try
        {
            Report();
            while (!upload.Whole.IsCompleted)
            {
                var patience = services.UploadOptions.IdleTimeout - upload.Idle;
                if (patience <= TimeSpan.Zero)
                {
                    await GiveUpAsync(file);
                    break;
                }

                await Task.WhenAny(upload.Whole, Task.Delay(patience, services.Time, cancellationToken));
                cancellationToken.ThrowIfCancellationRequested();

                // Whole, and whoever sent the last of it has not come to say so here.
                if (!upload.Whole.IsCompleted && await FindAsync(file.Id) is { IsComplete: true } whole)
                    return whole;
            }

            return await upload.Whole;
        }
        catch (UploadException why)
        {
            throw new WorkloadException(why.Code, why.Message, why);
        }
        finally
        {
            upload.Advanced -= Report;
        }
    }

    private Task<bool> GiveUpAsync(StoredFile file) => services.InsistAsync(
        async () =>
        {
            await services.Uploads.BreakAsync(file.Id, new UploadException(
                UploadException.Incomplete,
                $"Nothing more of {file.Name} came for {services.UploadOptions.IdleTimeout:g}; send it again."));
            return true;
        },
        cancellationToken);

    private async Task<StoredFile?> FindAsync(string id)
    {
        var file = await services.InsistAsync(
            () => services.Files.FindAsync(id, cancellationToken).AsTask(), cancellationToken);
        return file?.Owner == job.Owner ? file : null;
    }

    private Task<bool> KeepAsync(StoredFile file) => services.InsistAsync(
        () => services.Files.KeepDerivedAsync(file, job.Id, job.Attempt, cancellationToken).AsTask(), cancellationToken);

    private UploadedFile? Present(StoredFile file) => services.Uploads.PathOf(file) is { } path
        ? new UploadedFile(file.Id, file.Name, file.MediaType, file.Length!.Value, path)
        : null;

    // What the input names was there when the job was accepted: it is gone because the rest of it never came.
    private WorkloadException Absent(string id) => FileInputs.Of(workload, input).Contains(id)
        ? new WorkloadException(UploadException.Incomplete, "The upload broke off before the file was whole; send it again.")
        : new WorkloadException(UploadException.NotFound, "The job has no such file.");
}
