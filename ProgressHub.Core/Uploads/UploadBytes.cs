using System.Buffers;
using ProgressHub.Core.Files;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Uploads;

/// <summary>
/// Carries bytes from a sender to the disk, a small buffer at a time. After every few megabytes, and at the end however it
/// comes, what is written is made durable and then counted; a crash takes back only what was not counted.
/// </summary>
internal sealed class UploadBytes(IFileStore files, IBlobStore blobs, UploadOptions options, TimeProvider time)
{
    private const int BufferBytes = 64 * 1024;
    private const long CheckpointBytes = 8 * 1024 * 1024;

    // The disk's own way of saying that it is full: ENOSPC and EDQUOT, ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL.
    private static readonly int[] DiskFullCodes = [28, 122, unchecked((int)0x80070070), unchecked((int)0x80070027)];

    public static UploadException NoRoom() =>
        new(UploadException.StorageFull, "This server has as many bytes of files as it may; delete jobs, or ask its operator.");

    /// <exception cref="UploadException"><c>file_too_large</c>.</exception>
    public void RequireSize(long length)
    {
        if (length > options.MaxBytes)
            throw TooLarge(options.MaxBytes);
    }

    /// <exception cref="UploadException"><c>disk_full</c>.</exception>
    public void RequireDisk(long more)
    {
        if (blobs.FreeBytes - more < options.MinFreeBytes)
            throw DiskFull();
    }

    /// <summary>Takes what comes until it ends or fails; returns the file as it is then, on disk.</summary>
    public async Task<StoredFile> TakeAsync(
        StoredFile file, Stream content, bool isRest, LiveUpload live, CancellationToken cancellationToken)
    {
        var limit = file.Length ?? options.MaxBytes;
        try
        {
            await using var blob = Open(file);
            live.Advance(file.Received);
            try
            {
                file = await CopyAsync(file, content, blob, limit, live, cancellationToken);
            }
            catch (Exception) when (blob.Position > file.Received && blob.Position <= limit)
            {
                // Also what comes just before a break counts.
                await CheckpointAsync(file, blob, isWhole: false);
                throw;
            }

            var isWhole = isRest || blob.Position == file.Length;
            return isWhole || blob.Position > file.Received ? await CheckpointAsync(file, blob, isWhole) : file;
        }
        catch (IOException full) when (IsFull(full))
        {
            throw DiskFull();
        }
    }

    private static bool IsFull(Exception failure) => Array.IndexOf(DiskFullCodes, failure.HResult) >= 0;

    private static StorageUnavailableException NotNow(Exception failure) => new($"The disk can't take the file: {failure.Message}", failure);

    private FileStream Open(StoredFile file)
    {
        try
        {
            return blobs.OpenAppend(file.Id, file.Received);
        }
        catch (Exception failure) when (DiskFault.Is(failure) && !IsFull(failure))
        {
            throw NotNow(failure);
        }
    }

    // Only what is the disk's fault: the sender's connection breaks with the same kind of exception.
    private static async Task WriteAsync(FileStream blob, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        try
        {
            await blob.WriteAsync(bytes, cancellationToken);
        }
        catch (Exception failure) when (DiskFault.Is(failure) && !IsFull(failure))
        {
            throw NotNow(failure);
        }
    }

    private static UploadException TooLarge(long limit) =>
        new(UploadException.TooLarge, $"The file is larger than {limit} bytes.");

    private static UploadException DiskFull() =>
        new(UploadException.DiskFull, "This server's disk is nearly full; try again later, or ask its operator.");

    private async Task<StoredFile> CopyAsync(
        StoredFile file, Stream content, FileStream blob, long limit, LiveUpload live, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            while (await content.ReadAsync(buffer.AsMemory(0, BufferBytes), cancellationToken) is > 0 and var read)
            {
                if (blob.Position + read > limit)
                    throw TooLarge(limit);
                await WriteAsync(blob, buffer.AsMemory(0, read), cancellationToken);
                live.Advance(blob.Position);
                if (blob.Position - file.Received < CheckpointBytes)
                    continue;
                file = await CheckpointAsync(file, blob, isWhole: false);
                await RequireRoomAsync(file, cancellationToken);
            }

            return file;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task RequireRoomAsync(StoredFile file, CancellationToken cancellationToken)
    {
        RequireDisk(0);

        // One that said its length was counted with all of it when it began.
        if (file.Length is null && await files.CountBytesAsync(cancellationToken) > options.MaxTotalBytes)
            throw NoRoom();
    }

    private async Task<StoredFile> CheckpointAsync(StoredFile file, FileStream blob, bool isWhole)
    {
        // Blocks until the disk has it.
        try
        {
            await Task.Run(() => blob.Flush(flushToDisk: true), CancellationToken.None);
        }
        catch (Exception failure) when (DiskFault.Is(failure) && !IsFull(failure))
        {
            throw NotNow(failure);
        }

        var now = time.GetUtcNow();
        var next = file with
        {
            Received = blob.Position,
            Length = isWhole ? blob.Position : file.Length,
            MediaType = file.Received < MediaTypeSniffer.Enough ? await JudgeAsync(blob) : file.MediaType,
            TouchedAt = now,
            CompletedAt = isWhole ? now : null,
        };
        return await files.AdvanceAsync(next, CancellationToken.None) ? next : throw UploadException.Broken();
    }

    private static async Task<string> JudgeAsync(FileStream blob)
    {
        var start = new byte[Math.Min(MediaTypeSniffer.Enough, blob.Length)];
        await RandomAccess.ReadAsync(blob.SafeFileHandle, start, 0, CancellationToken.None);
        return MediaTypeSniffer.Of(start);
    }
}
