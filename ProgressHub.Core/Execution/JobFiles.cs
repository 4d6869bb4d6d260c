using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>The files of one attempt: those it waits for, those it makes, and its work folder.</summary>
internal sealed class JobFiles(
    Attempt attempt, AttemptInput input, IProgress<ProgressUpdate> progress, FileSupply supply, CancellationToken cancellationToken)
{
    private const string Unit = "bytes";
    private readonly Job _job = attempt.Job;
    private readonly Lazy<string> _workFolder = new(() => supply.WorkFolders.Create(NameOf(attempt.Job)));

    public string WorkFolder => _workFolder.Value;

    public async Task<UploadedFile> ReceiveAsync(string id)
    {
        // Held before it is asked for, so that its end can't come in between unheard.
        using var hold = supply.Uploads.Open(id);
        if (await supply.FindAsync(id, _job, cancellationToken) is not { } file)
            throw Absent(id);
        if (!file.IsComplete)
            file = await attempt.Slot.ReleaseWhileAsync(() => WaitAsync(file, hold.Upload), cancellationToken);
        if (file.Length == 0)
            throw new WorkloadException(UploadException.Empty, $"{file.Name} is empty.");
        progress.Report(new ProgressUpdate(file.Length, file.Length, $"Received {file.Name}", Unit));
        return Present(file) ?? throw Absent(id);
    }

    public async Task<UploadedFile> AddAsync(string name, string mediaType, Stream content)
    {
        try
        {
            var file = await supply.Uploads.CreateAsync(_job.Owner, name, null, resumable: false, cancellationToken);
            try
            {
                file = await supply.Uploads.AppendAsync(file.Id, _job.Owner, 0, content, isRest: true, cancellationToken);
                file = file with { MediaType = mediaType };
                if (!await supply.KeepDerivedAsync(file, _job, cancellationToken))
                    throw new OperationCanceledException("Another attempt has begun.");
            }
            catch (Exception failure)
            {
                await supply.Uploads.BreakAsync(file.Id, failure as UploadException ?? UploadException.Broken());
                throw;
            }

            await supply.Uploads.SweepRemovedAsync(cancellationToken);
            return Present(file)!;
        }
        catch (UploadException refusal)
        {
            throw new WorkloadException(refusal.Code, refusal.Message, refusal);
        }
    }

    public async ValueTask<UploadedFile?> FindDerivedAsync(string name) =>
        await supply.FindDerivedAsync(name, _job, cancellationToken) is { } found ? Present(found) : null;

    /// <summary>The attempt is over.</summary>
    public void Close()
    {
        if (_workFolder.IsValueCreated)
            supply.WorkFolders.Remove(NameOf(_job));
    }

    private static string NameOf(Job job) => $"{job.Id}-{job.Attempt}";

    private async Task<StoredFile> WaitAsync(StoredFile file, LiveUpload upload)
    {
        var reports = new ReceivingReports(file, upload, progress);
        upload.Advanced += reports.Report;
        try
        {
            reports.Report();
            while (!upload.Whole.IsCompleted)
            {
                var patience = supply.IdleTimeout - upload.Idle;
                if (patience <= TimeSpan.Zero)
                {
                    await supply.GiveUpAsync(file, cancellationToken);
                    break;
                }

                await supply.WaitAsync(upload.Whole, patience, cancellationToken);
                cancellationToken.ThrowIfCancellationRequested();

                // Whole, and whoever sent the last of it has not come to say so here.
                if (!upload.Whole.IsCompleted && await supply.FindAsync(file.Id, _job, cancellationToken) is { IsComplete: true } whole)
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
            upload.Advanced -= reports.Report;
        }
    }

    private UploadedFile? Present(StoredFile file) => supply.Uploads.PathOf(file) is { } path
        ? new UploadedFile(file.Id, file.Name, file.MediaType, file.Length!.Value, path)
        : null;

    // What the input names was there when the job was accepted: it is gone because the rest of it never came.
    private WorkloadException Absent(string id) => FileInputs.Of(attempt.Descriptor, input.Stored).Contains(id)
        ? new WorkloadException(UploadException.Incomplete, "The upload broke off before the file was whole; send it again.")
        : new WorkloadException(UploadException.NotFound, "The job has no such file.");
}
