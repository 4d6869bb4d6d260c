using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Testing;

/// <summary>The files of a job in a temporary folder, which is gone with this.</summary>
internal sealed class FakeFiles : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, UploadedFile> _uploads = new(StringComparer.Ordinal);
    private readonly Dictionary<string, UploadedFile> _derived = new(StringComparer.Ordinal);
    private DirectoryInfo? _folder;

    public string WorkFolder => Folder.CreateSubdirectory("work").FullName;

    public IReadOnlyDictionary<string, UploadedFile> Derived
    {
        get
        {
            lock (_gate)
                return new Dictionary<string, UploadedFile>(_derived, StringComparer.Ordinal);
        }
    }

    private DirectoryInfo Folder
    {
        get
        {
            lock (_gate)
                return _folder ??= Directory.CreateTempSubdirectory("progresshub-testing-");
        }
    }

    public UploadedFile AddUpload(string id, string name, string mediaType, byte[] content)
    {
        using var stream = new MemoryStream(content, writable: false);
        var file = Keep(id, name, mediaType, stream);
        lock (_gate)
            return _uploads[id] = file;
    }

    public UploadedFile? FindUpload(string id)
    {
        lock (_gate)
            return _uploads.GetValueOrDefault(id);
    }

    public UploadedFile AddDerived(string name, string mediaType, Stream content)
    {
        var file = Keep(JobId.New().ToString(), name, mediaType, content);
        lock (_gate)
            return _derived[name] = file;
    }

    public UploadedFile? FindDerived(string name)
    {
        lock (_gate)
            return _derived.GetValueOrDefault(name);
    }

    public void Dispose()
    {
        lock (_gate)
            _folder?.Delete(recursive: true);
        _folder = null;
    }

    private UploadedFile Keep(string id, string name, string mediaType, Stream content)
    {
        // Files lie under ids of our own: a test may call its upload anything.
        var path = Path.Combine(Folder.FullName, JobId.New().ToString());
        using (var target = File.Create(path))
            content.CopyTo(target);
        return new UploadedFile(id, name, mediaType, new FileInfo(path).Length, path);
    }
}
