using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Files;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Uploads;

/// <summary>Blobs as files in a folder, spread over 256 folders by the first two digits of their ids.</summary>
internal sealed class BlobFolder(IOptions<UploadOptions> options) : IBlobStore
{
    private readonly string _root = Path.GetFullPath(options.Value.Directory ?? Path.Combine("data", "blobs"));

    [SuppressMessage("Design", "CA1065", Justification = "A disk that can't be asked is an error like any other of it.")]
    public long FreeBytes
    {
        get
        {
            PrivateFolder.Make(_root);
            return new DriveInfo(_root).AvailableFreeSpace;
        }
    }

    // An id that is none never becomes part of a path.
    public string PathOf(string id) => JobId.TryParse(id, null, out _)
        ? Path.Combine(_root, id[..2], id)
        : throw new ArgumentException("A file id is 32 lower-case hexadecimal digits.", nameof(id));

    public FileStream OpenAppend(string id, long offset)
    {
        var path = PathOf(id);
        var folder = PrivateFolder.Make(Path.GetDirectoryName(path)!);
        var isNew = !File.Exists(path);
        var stream = PrivateFolder.OpenFile(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.Read, BufferSize = 0,
            Options = FileOptions.Asynchronous,
        });
        try
        {
            if (isNew)
                PrivateFolder.Sync(folder);
            if (stream.Length < offset)
                throw new IOException($"Blob {id} has {stream.Length} bytes instead of {offset}.");
            stream.SetLength(offset);
            stream.Position = offset;
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public long? LengthOf(string id) => new FileInfo(PathOf(id)) is { Exists: true } file ? file.Length : null;

    public void Delete(string id)
    {
        try
        {
            File.Delete(PathOf(id));
        }
        catch (DirectoryNotFoundException)
        {
            // Then there is no such blob either.
        }
    }

    public IEnumerable<string> List() => !Directory.Exists(_root)
        ? []
        : Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetFileName(path)).Where(name => JobId.TryParse(name, null, out _));
}
