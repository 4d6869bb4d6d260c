namespace ProgressHub.Core.Uploads;

/// <summary>
/// The uploads somebody sends, or waits for, at this moment; each is here as long as anybody holds it, and is followed at the
/// other nodes so long.
/// </summary>
internal sealed class LiveUploads(UploadFollower follower, UploadTurns turns, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _uploads = [];

    /// <summary>What keeps the nodes apart that would write the same one.</summary>
    public UploadTurns Turns => turns;

    /// <summary>Takes hold of an upload; dispose what is returned.</summary>
    public Hold Open(string id)
    {
        lock (_gate)
        {
            if (!_uploads.TryGetValue(id, out var entry))
                _uploads[id] = entry = Begin(id);
            entry.Holders++;
            return new Hold(this, id, entry.Upload);
        }
    }

    /// <summary>The upload, where somebody holds it.</summary>
    public LiveUpload? Find(string id)
    {
        lock (_gate)
            return _uploads.GetValueOrDefault(id)?.Upload;
    }

    private Entry Begin(string id)
    {
        var upload = new LiveUpload(time);
        if (!follower.IsNeeded)
            return new Entry(upload, null);

        // Never disposed: it has no timer.
        var end = new CancellationTokenSource();
        _ = follower.RunAsync(id, upload, end.Token);
        return new Entry(upload, end);
    }

    private void Release(string id)
    {
        CancellationTokenSource? end = null;
        lock (_gate)
        {
            var entry = _uploads[id];
            if (--entry.Holders == 0)
            {
                _uploads.Remove(id);
                end = entry.End;
            }
        }

        end?.Cancel();
    }

    internal sealed class Hold(LiveUploads uploads, string id, LiveUpload upload) : IDisposable
    {
        public LiveUpload Upload => upload;

        public void Dispose() => uploads.Release(id);
    }

#pragma warning disable CA1001 // A source without a timer holds nothing to dispose of.
    private sealed class Entry(LiveUpload upload, CancellationTokenSource? end)
#pragma warning restore CA1001
    {
        public LiveUpload Upload => upload;

        public CancellationTokenSource? End => end;

        public int Holders { get; set; }
    }
}
