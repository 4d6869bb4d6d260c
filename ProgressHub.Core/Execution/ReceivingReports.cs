using ProgressHub.Core.Progress;
using ProgressHub.Core.Uploads;

namespace ProgressHub.Core.Execution;

/// <summary>
/// Reports how much of a file has come. Whoever sends and whoever begins to wait report at once: one after the other, each
/// with what has come by then, so that the last report is never an older one. A sender that pauses after it, until somebody
/// has seen its bytes, would wait for ever.
/// </summary>
internal sealed class ReceivingReports(StoredFile file, LiveUpload upload, IProgress<ProgressUpdate> progress)
{
    private const string Unit = "bytes";
    private readonly Lock _gate = new();

    public void Report()
    {
        lock (_gate)
        {
            var total = file.Length ?? (upload.Expected > 0 ? upload.Expected : null);
            progress.Report(new ProgressUpdate(Math.Max(file.Received, upload.Received), total, $"Receiving {file.Name}", Unit));
        }
    }
}
