using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Uploads;

/// <summary>
/// What can be asked of uploads. Every method takes the owner who asks; a file of anybody else does not exist for them.
/// Whatever offset is acknowledged is on disk.
/// </summary>
public sealed class UploadService
{
    private readonly IFileStore _files;
    private readonly IBlobStore _blobs;
    private readonly LiveUploads _live;
    private readonly UploadOptions _options;
    private readonly IUploadAllowance _allowance;
    private readonly TimeProvider _time;

    internal UploadService(
        IFileStore files, IBlobStore blobs, LiveUploads live, IUploadAllowance allowance, IOptions<UploadOptions> options, TimeProvider time)
    {
        (_files, _blobs, _live, _allowance, _options, _time) = (files, blobs, live, allowance, options.Value, time);
        Bytes = new UploadBytes(files, blobs, options.Value, time);
    }

    /// <summary>The largest file, in bytes.</summary>
    public long MaxBytes => _options.MaxBytes;

    internal UploadBytes Bytes { get; }

    /// <summary>Begins an upload.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="name">What its sender calls it; its last part, where it is a path.</param>
    /// <param name="length">How many bytes will come; null where that shows only at the end.</param>
    /// <param name="resumable">Whether its sender may come back with the rest after a break.</param>
    /// <param name="cancellationToken">Whoever asks has gone.</param>
    /// <exception cref="UploadException">
    /// <c>file_too_large</c>, <c>too_many_uploads</c>, <c>storage_full</c>, <c>disk_full</c> or <c>quota_storage</c>.
    /// </exception>
    /// <exception cref="StorageUnavailableException">The store can't take it now.</exception>
    public async Task<StoredFile> CreateAsync(
        string owner, string? name, long? length, bool resumable, CancellationToken cancellationToken) =>
        await CreateAsync(owner, name, length, resumable, null, cancellationToken);

    internal async Task<StoredFile> CreateAsync(
        string owner, string? name, long? length, bool resumable, string? concatenation, CancellationToken cancellationToken)
    {
        Bytes.RequireSize(length ?? 0);
        Bytes.RequireDisk(length ?? 0);
        await _allowance.RequireAsync(owner, length ?? 0, cancellationToken);
        var now = _time.GetUtcNow();
        var file = new StoredFile
        {
            Id = JobId.New().ToString(),
            Owner = owner,
            Name = FileName.Of(name),
            Length = length,
            Resumable = resumable,
            CreatedAt = now,
            TouchedAt = now,
            Concatenation = concatenation,
        };
        return await _files.CreateAsync(file, _options.MaxOpenUploads, _options.MaxTotalBytes, cancellationToken) switch
        {
            FileCreation.TooMany => throw new UploadException(
                UploadException.TooMany,
                $"At most {_options.MaxOpenUploads} uploads may be under way or unused; finish or delete some first."),
            FileCreation.NoRoom => throw UploadBytes.NoRoom(),
            _ => file,
        };
    }

    /// <summary>The file as far as it is now, counting bytes that are on their way; null where the owner has none such.</summary>
    public async ValueTask<StoredFile?> FindAsync(string id, string owner, CancellationToken cancellationToken)
    {
        if (await FindOwnAsync(id, owner, cancellationToken) is not { } file)
            return null;
        if (file.IsComplete)
            return file;
        var come = _live.Find(id)?.Received ?? (_live.Turns.IsWritten(file) ? file.Arrived : 0);
        return file with { Received = Math.Max(file.Received, come) };
    }

    /// <summary>
    /// The file as far as it is on disk, from where its sender goes on; whoever still sends is interrupted. Null where the
    /// owner has none such.
    /// </summary>
    public async Task<StoredFile?> InterruptAsync(string id, string owner, CancellationToken cancellationToken)
    {
        if (await FindOwnAsync(id, owner, cancellationToken) is var found && found is not { IsComplete: false })
            return found;
        using var hold = _live.Open(id);
        using var turn = await hold.Upload.TakeTurnAsync(cancellationToken);
        if (await FindOwnAsync(id, owner, cancellationToken) is var written && written is not { Turn.Writer: not null })
            return written;
        await using (await _live.Turns.TakeAsync(id, hold.Upload, cancellationToken))
            return await FindOwnAsync(id, owner, cancellationToken);
    }

    /// <summary>Takes the next bytes of a file. What came before a break is kept.</summary>
    /// <param name="id">The file.</param>
    /// <param name="owner">Who sends.</param>
    /// <param name="offset">Where the bytes belong: right behind those that are here.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="isRest">Whether the file ends where they end; else it ends at the length that was said.</param>
    /// <param name="cancellationToken">Whoever sends has gone.</param>
    /// <exception cref="UploadException">
    /// <c>upload_not_found</c>, <c>offset_mismatch</c>, <c>file_too_large</c>, <c>storage_full</c>, <c>disk_full</c>,
    /// <c>upload_taken_over</c>, or <c>upload_incomplete</c> where the upload was ended meanwhile.
    /// </exception>
    public async Task<StoredFile> AppendAsync(
        string id, string owner, long offset, Stream content, bool isRest, CancellationToken cancellationToken)
    {
        if (await FindOwnAsync(id, owner, cancellationToken) is null)
            throw UploadException.NoSuchFile();
        using var hold = _live.Open(id);
        using var turn = await hold.Upload.TakeTurnAsync(cancellationToken);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, turn.Interrupted);
        await using var shared = await TakeTurnAsync(id, hold.Upload, turn, either.Token);
        if (await FindOwnAsync(id, owner, cancellationToken) is not { } file)
            throw UploadException.NoSuchFile();
        if (file.Received != offset || (file.IsComplete && offset < file.Length))
        {
            throw new UploadException(
                UploadException.WrongOffset, $"The upload is at {file.Received} and not at {offset}; ask for it, and go on from there.");
        }

        if (file.IsComplete)
            return file;
        try
        {
            file = await Bytes.TakeAsync(file, content, isRest, hold.Upload, either.Token);
        }
        catch (Exception failure)
        {
            // Removed at another node, which did not wait for the blob to be closed.
            if (hold.Upload.SharedTurn != 0 && await IsGoneAsync(id))
                _blobs.Delete(id);
            if (failure is OperationCanceledException && turn.Interrupted.IsCancellationRequested)
                throw await TakenOverAsync(hold.Upload);
            throw;
        }

        if (file.IsComplete)
            hold.Upload.Complete(file);
        return file;
    }

    /// <summary>Says how long an upload is that began without; it may be said again.</summary>
    /// <exception cref="UploadException">
    /// <c>upload_not_found</c>, <c>length_mismatch</c>, <c>file_too_large</c>, or <c>upload_incomplete</c> where it was ended
    /// meanwhile.
    /// </exception>
    internal async Task DeclareLengthAsync(string id, string owner, long length, CancellationToken cancellationToken)
    {
        if (await FindOwnAsync(id, owner, cancellationToken) is null)
            throw UploadException.NoSuchFile();
        using var hold = _live.Open(id);
        using var turn = await hold.Upload.TakeTurnAsync(cancellationToken);
        await using var shared = await _live.Turns.TakeAsync(id, hold.Upload, cancellationToken);
        var file = await FindOwnAsync(id, owner, cancellationToken) ?? throw UploadException.NoSuchFile();
        if (file.Length == length)
            return;
        if (file.Length is not null || length < file.Received)
            throw new UploadException(UploadException.WrongLength, $"The upload has {file.Length ?? file.Received} bytes, and can't be {length} bytes long.");
        Bytes.RequireSize(length);
        await _allowance.RequireAsync(owner, length - file.Received, cancellationToken);
        if (!await _files.AdvanceAsync(file with { Length = length, TouchedAt = _time.GetUtcNow() }, cancellationToken))
            throw UploadException.Broken();
    }

    /// <summary>How many bytes an upload will have, where only the request that brings it lets us guess.</summary>
    public IDisposable Expect(string id, long length)
    {
        var hold = _live.Open(id);
        hold.Upload.Expected = length;
        return hold;
    }

    /// <summary>Ends an upload and removes what is here of it; false where the owner has none such.</summary>
    /// <exception cref="UploadException"><c>upload_in_use</c>: it is whole, and a job needs it.</exception>
    public async Task<bool> RemoveAsync(string id, string owner, CancellationToken cancellationToken)
    {
        if (await FindOwnAsync(id, owner, cancellationToken) is null)
            return false;
        if (!await _files.RemoveAsync(id, evenIfUsed: false, cancellationToken))
            throw new UploadException(UploadException.InUse, "A job needs this file; it goes with the last such job.");
        await EndAsync(id, UploadException.Broken());
        return true;
    }

    /// <summary>Ends an upload that will never be whole: those that wait for it are told why, and its bytes go.</summary>
    public async Task BreakAsync(string id, UploadException why)
    {
        if (await _files.RemoveAsync(id, evenIfUsed: true, CancellationToken.None))
            await EndAsync(id, why);
    }

    /// <summary>The bytes of a file; null where they are gone.</summary>
    public string? PathOf(StoredFile file) => _blobs.LengthOf(file.Id) is null ? null : _blobs.PathOf(file.Id);

    internal LiveUploads.Hold Open(string id) => _live.Open(id);

    /// <summary>Whether somebody sends it, at whichever node, or waits for it here.</summary>
    internal bool IsUnderWay(StoredFile file) => _live.Turns.IsWritten(file) || IsUnderWay(file.Id, TimeSpan.MaxValue);

    /// <summary>Whether somebody here sends it or waits for it, and bytes came within that time.</summary>
    internal bool IsUnderWay(string id, TimeSpan within) => _live.Find(id) is { } live && live.Idle < within;

    /// <summary>A file's row is gone: ends whoever sends or waits, and removes its bytes.</summary>
    internal async Task EndAsync(string id, UploadException why)
    {
        using (var hold = _live.Open(id))
        {
            hold.Upload.Break(why);

            // Whoever sends has the blob open, and would go on to write it.
            using var turn = await hold.Upload.TakeTurnAsync(CancellationToken.None);
        }

        await SweepRemovedAsync(CancellationToken.None);
    }

    /// <summary>Removes the bytes of files whose rows are gone.</summary>
    internal async Task SweepRemovedAsync(CancellationToken cancellationToken)
    {
        const int slice = 500;
        IReadOnlyList<string> removed;
        do
        {
            removed = await _files.ListRemovedAsync(slice, cancellationToken);
            foreach (var id in removed)
                _blobs.Delete(id);
            if (removed.Count > 0)
                await _files.ForgetRemovedAsync(removed, cancellationToken);
        }
        while (removed.Count == slice);
    }

    private async Task<UploadTurns.Turn> TakeTurnAsync(string id, LiveUpload upload, LiveUpload.Turn here, CancellationToken cancellationToken)
    {
        try
        {
            return await _live.Turns.TakeAsync(id, upload, cancellationToken);
        }
        catch (OperationCanceledException) when (here.Interrupted.IsCancellationRequested)
        {
            throw await TakenOverAsync(upload);
        }
    }

    /// <summary>Why somebody was interrupted who sent.</summary>
    private static async Task<UploadException> TakenOverAsync(LiveUpload upload)
    {
        if (upload.Whole.IsFaulted)
            await upload.Whole;
        return new UploadException(UploadException.TakenOver, "Another request goes on with this upload.");
    }

    private async Task<bool> IsGoneAsync(string id)
    {
        try
        {
            return await _files.FindAsync(id, CancellationToken.None) is null;
        }
        catch (StorageUnavailableException)
        {
            return false;
        }
    }

    private async ValueTask<StoredFile?> FindOwnAsync(string id, string owner, CancellationToken cancellationToken) =>
        await _files.FindAsync(id, cancellationToken) is { } file && file.Owner == owner ? file : null;
}
