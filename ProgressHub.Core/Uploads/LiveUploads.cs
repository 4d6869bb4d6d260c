namespace ProgressHub.Core.Uploads;

/// <summary>The uploads somebody sends, or waits for, at this moment; each is here as long as anybody holds it.</summary>
internal sealed class LiveUploads(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (LiveUpload Upload, int Holders)> _uploads = [];

    /// <summary>Takes hold of an upload; dispose what is returned.</summary>
    public Hold Open(string id)
    {
        lock (_gate)
        {
            var (upload, holders) = _uploads.GetValueOrDefault(id);
            upload ??= new LiveUpload(time);
            _uploads[id] = (upload, holders + 1);
            return new Hold(this, id, upload);
        }
    }

    /// <summary>The upload, where somebody holds it.</summary>
    public LiveUpload? Find(string id)
    {
        lock (_gate)
            return _uploads.GetValueOrDefault(id).Upload;
    }

    private void Release(string id)
    {
        lock (_gate)
        {
            var (upload, holders) = _uploads[id];
            if (holders == 1)
                _uploads.Remove(id);
            else
                _uploads[id] = (upload, holders - 1);
        }
    }

    internal sealed class Hold(LiveUploads uploads, string id, LiveUpload upload) : IDisposable
    {
        public LiveUpload Upload => upload;

        public void Dispose() => uploads.Release(id);
    }
}
