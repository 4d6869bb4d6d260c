using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Files;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Engine;
using ProgressHub.Workloads.Analysis.Samples;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Sessions;

/// <summary>
/// The tables on disk, by the hash of their files: each file is read once, however often it is sent. The copy of the file stays
/// as long as there is room, so that it can be read again in another way.
/// </summary>
internal sealed class TableStore(
    TableRows rows, TableFolder folder, TableEngine engine, IOptions<AnalysisOptions> options, TimeProvider time)
{
    private readonly KeyedLock _reading = new();

    /// <summary>What is known of a table; null where it was not read, at whichever node, or is gone.</summary>
    public async Task<TableProfile?> FindAsync(string id, CancellationToken cancellationToken) =>
        rows.AreShared || IsHere(id) ? await rows.FindAsync(id, cancellationToken) : null;

    /// <summary>Keeps a copy of a file; returns the id of its table.</summary>
    /// <param name="file">The file, from its beginning.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="reading">How it is to be read; null where that is found out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="WorkloadException"><c>table_too_large</c>.</exception>
    public async Task<string> KeepAsync(Stream file, string name, TableReading? reading, CancellationToken cancellationToken)
    {
        var draft = Path.Combine(folder.Sources, $"{Guid.NewGuid():N}.part");
        try
        {
            PrivateFolder.Make(folder.Sources);
            var (content, length) = await CopyAsync(file, draft, cancellationToken);
            File.Move(draft, folder.SourceOf(content), overwrite: true);
            PrivateFolder.Sync(folder.Sources);
            await rows.KeepSourceAsync(content, name, length, cancellationToken);
            return await IdOfAsync(content, reading, cancellationToken);
        }
        catch (Exception failure) when (DiskFault.Is(failure) || failure is SqliteException)
        {
            throw NotWritten(failure);
        }
        finally
        {
            TableFolder.Delete(draft);
        }
    }

    /// <summary>The id of a file's table; how it is to be read is remembered under it.</summary>
    public async Task<string> IdOfAsync(string content, TableReading? reading, CancellationToken cancellationToken)
    {
        var id = TableId.Of(content, reading);
        if (reading is not null)
            await rows.KeepReadingAsync(id, reading, cancellationToken);
        return id;
    }

    /// <summary>How somebody said that a table is to be read; null where all was found out.</summary>
    public Task<TableReading?> FindWantedAsync(string id, CancellationToken cancellationToken) =>
        TableId.HasReading(id) ? rows.FindReadingAsync(id, cancellationToken) : Task.FromResult<TableReading?>(null);

    /// <summary>Refuses what is larger than a table may be.</summary>
    /// <exception cref="WorkloadException"><c>table_too_large</c>.</exception>
    public void RequireSize(long bytes)
    {
        if (bytes > options.Value.MaxTableBytes)
        {
            throw new WorkloadException("table_too_large", string.Create(
                CultureInfo.InvariantCulture, $"A table may have {options.Value.MaxTableBytes / (1024.0 * 1024):0.##} MB; this one has more.")) { Property = "file" };
        }
    }

    /// <summary>How many bytes are to be read before a table can be asked; 0 where it was read before.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="file">The file; null where a copy was kept, or it is a sample.</param>
    public long BytesToRead(string id, string? file) =>
        !IsHere(id) && new FileInfo(file ?? folder.SourceOf(TableId.ContentOf(id))) is { Exists: true } source ? source.Length : 0;

    /// <summary>A table that can be asked: as it was read before, or read now.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="name">What its file is called.</param>
    /// <param name="file">The file; null where a copy was kept, or it is a sample.</param>
    /// <param name="progress">Hears how far it is read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="WorkloadException"><c>data_gone</c>, or as <see cref="TableEngine.ImportAsync"/> says.</exception>
    public async Task<TableProfile> OpenAsync(
        string id, string name, string? file, Action<ImportProgress> progress, CancellationToken cancellationToken)
    {
        using (await _reading.EnterAsync(id, cancellationToken))
        {
            if (IsHere(id) && await rows.FindAsync(id, cancellationToken) is { } known)
            {
                await rows.TouchAsync(id, cancellationToken);
                return known;
            }

            var source = file ?? await FindSourceAsync(id, cancellationToken) ?? throw Gone();
            var reading = await rows.FindReadingAsync(id, cancellationToken);
            if (reading is null && TableId.HasReading(id))
                throw Gone();
            return await ReadAsync(new ImportRequest(id, name, source, $"{folder.PathOf(id)}.part", reading), progress, cancellationToken);
        }
    }

    /// <summary>Lets go of a file that can't be read, where no session names it; those that do go on saying why.</summary>
    public async Task ForgetUnreadAsync(string id)
    {
        if (await rows.CountSessionsAsync(id, CancellationToken.None) > 0)
            return;
        await RemoveAsync(id, isSource: false, CancellationToken.None);
        await RemoveAsync(TableId.ContentOf(id), isSource: true, CancellationToken.None);
    }

    /// <summary>Removes what was not used for long, and then what is beyond the bound, the longest unused first; returns how many went.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow().ToUnixTimeMilliseconds() - (long)options.Value.UnusedLifetime.TotalMilliseconds;
        folder.ShareOwn();
        var kept = await rows.ListAsync(cancellationToken);
        long total = 0;
        var removed = 0;
        foreach (var row in kept)
        {
            total += row.Bytes;
            if ((row.UsedAt < oldest || total > options.Value.MaxTotalBytes) && await RemoveAsync(row.Id, row.IsSource, cancellationToken))
                removed++;
        }

        folder.Sweep([.. kept.Select(r => r.Id)], DateTimeOffset.FromUnixTimeMilliseconds(oldest).UtcDateTime);
        return removed;
    }

    /// <summary>Whether this node has read it.</summary>
    private bool IsHere(string id) => File.Exists(folder.PathOf(id));

    private async Task<TableProfile> ReadAsync(ImportRequest import, Action<ImportProgress> progress, CancellationToken cancellationToken)
    {
        PrivateFolder.Make(folder.Tables);
        try
        {
            Discard(import.Target);
            var profile = await engine.ImportAsync(import, progress, cancellationToken);
            PrivateFolder.SyncFile(import.Target);
            File.Move(import.Target, folder.PathOf(import.Id), overwrite: true);
            PrivateFolder.Sync(folder.Tables);
            await rows.KeepAsync(profile, new FileInfo(folder.PathOf(import.Id)).Length, cancellationToken);
            TableFolder.Delete(folder.EarlierPathOf(import.Id));
            await SweepAsync(cancellationToken);
            return profile;
        }
        catch (Exception failure) when (DiskFault.Is(failure) || failure is SqliteException)
        {
            throw NotWritten(failure);
        }
        finally
        {
            Discard(import.Target);
        }
    }

    private async Task<(string Hash, long Length)> CopyAsync(Stream file, string draft, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long length = 0;
        var target = File.Create(draft);
        await using (target)
        {
            var buffer = new byte[128 * 1024];
            int read;
            while ((read = await file.ReadAsync(buffer, cancellationToken)) > 0)
            {
                RequireSize(length += read);
                hash.AppendData(buffer, 0, read);
                await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            target.Flush(flushToDisk: true);
        }

        return (Convert.ToHexStringLower(hash.GetHashAndReset()), length);
    }

    private async Task<string?> FindSourceAsync(string id, CancellationToken cancellationToken)
    {
        var source = folder.SourceOf(id);
        if (!File.Exists(source))
            folder.ShareOwn();
        if (AnalysisSamples.All.FirstOrDefault(s => s.Hash == TableId.ContentOf(id)) is { } sample)
        {
            using var content = new MemoryStream(sample.Content, writable: false);
            await KeepAsync(content, $"{sample.Id}.csv", null, cancellationToken);
        }
        else if (!File.Exists(source) && File.Exists(folder.EarlierPathOf(id)) && await rows.FindAsync(id, cancellationToken) is { } earlier)
        {
            PrivateFolder.Make(folder.Sources);
            await rows.KeepReadingAsync(id, EarlierTables.Write(folder.EarlierPathOf(id), earlier, source), cancellationToken);
            await rows.KeepSourceAsync(id, earlier.Name, new FileInfo(source).Length, cancellationToken);
        }

        return File.Exists(source) ? source : null;
    }

    private async Task<bool> RemoveAsync(string id, bool isSource, CancellationToken cancellationToken)
    {
        // One that is being read, or was just used, is left for the next time.
        using var turn = _reading.TryEnter(id);
        if (turn is null)
            return false;
        if (isSource)
        {
            await rows.RemoveSourceAsync(id, cancellationToken);
            TableFolder.Delete(folder.SourceOf(id));
            return true;
        }

        await rows.RemoveTableAsync(id, cancellationToken);
        TableFolder.Delete(folder.PathOf(id));
        TableFolder.Delete(folder.EarlierPathOf(id));
        return true;
    }

    // A worker that was killed leaves its draft, and what DuckDB wrote beside it.
    private static void Discard(string draft)
    {
        foreach (var file in (string[])[draft, $"{draft}.wal", $"{draft}.csv"])
            TableFolder.Delete(file);
        if (Directory.Exists($"{draft}.tmp"))
            Directory.Delete($"{draft}.tmp", recursive: true);
    }

    private static WorkloadException Gone() => new(
        "data_gone", "The table is gone: nobody had asked it anything for long. Send its file again.");

    private static WorkloadException NotWritten(Exception failure) => new(
        "storage_unavailable", "The table can't be written now; is the disk full? Try again later.", failure) { IsTransient = true };
}
