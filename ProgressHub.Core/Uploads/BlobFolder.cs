using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Files;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Uploads;

/// <summary>Blobs as files in a folder, spread over 256 folders by the first two digits of their ids.</summary>
internal sealed class BlobFolder(IOptions<UploadOptions> options) : IBlobStore
{
    private const int CopyBytes = 256 * 1024;
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

    public async Task RenewAsync(string id, long length, Func<Task<bool>> isMine, CancellationToken cancellationToken)
    {
        var (path, copy) = (PathOf(id), CopyOf(id));
        var folder = PrivateFolder.Make(Path.GetDirectoryName(path)!);
        await using (var target = PrivateFolder.OpenFile(copy, new FileStreamOptions
        {
            Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0, Options = FileOptions.Asynchronous,
        }))
        {
            await CopyAsync(path, length, target, cancellationToken);
            await Task.Run(() => target.Flush(flushToDisk: true), cancellationToken);
        }

        if (!await isMine())
            return;
        File.Move(copy, path, overwrite: true);
        PrivateFolder.Sync(folder);
    }

    public long? LengthOf(string id) => new FileInfo(PathOf(id)) is { Exists: true } file ? file.Length : null;

    public void Delete(string id)
    {
        try
        {
            File.Delete(PathOf(id));
            File.Delete(CopyOf(id));
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

    private string CopyOf(string id) => $"{PathOf(id)}.new";

    private static async Task CopyAsync(string path, long length, FileStream target, CancellationToken cancellationToken)
    {
        await using var source = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0,
            Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
        });
        if (source.Length < length)
            throw new IOException($"The blob has {source.Length} bytes instead of {length}.");
        var buffer = new byte[CopyBytes];
        for (var left = length; left > 0;)
        {
            var read = await source.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), cancellationToken);
            if (read == 0)
                throw new IOException("The blob became shorter while it was copied.");
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            left -= read;
        }
    }
}
