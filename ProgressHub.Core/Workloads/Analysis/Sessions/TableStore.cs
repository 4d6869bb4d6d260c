using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads.Analysis.Results;
using ProgressHub.Core.Workloads.Analysis.Samples;
using ProgressHub.Core.Workloads.Analysis.Tables;

namespace ProgressHub.Core.Workloads.Analysis.Sessions;

/// <summary>
/// The tables on disk, by the hash of their files: each file is read once, however often it is sent. Kept are a copy of the
/// file until it is read, and then a database of its own.
/// </summary>
internal sealed class TableStore(
    AnalysisDatabase database, string directory, IOptions<AnalysisOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _reading = new(StringComparer.Ordinal);

    /// <summary>The database of a table.</summary>
    public string PathOf(string id) => Path.Combine(directory, "tables", $"{id}.db");

    /// <summary>What is known of a table; null where it was not read, or is gone.</summary>
    public async Task<TableProfile?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var profile = await database.RunAsync(
            c => c.QuerySingleOrDefault<string>("SELECT profile FROM tables WHERE id = @id", new { id }), cancellationToken).ConfigureAwait(false);
        return profile is not null && File.Exists(PathOf(id)) ? JsonSerializer.Deserialize(profile, AnalysisJson.Default.TableProfile) : null;
    }

    /// <summary>Keeps a copy of a file; returns its hash.</summary>
    /// <exception cref="WorkloadException"><c>table_too_large</c>.</exception>
    public async Task<string> KeepAsync(Stream file, string name, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(directory, "sources");
        var draft = Path.Combine(folder, $"{Guid.NewGuid():N}.part");
        try
        {
            Directory.CreateDirectory(folder);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            long length = 0;
            var target = File.Create(draft);
            await using (target.ConfigureAwait(false))
            {
                var buffer = new byte[128 * 1024];
                int read;
                while ((read = await file.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
                {
                    RequireSize(length += read);
                    hash.AppendData(buffer, 0, read);
                    await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                }

                target.Flush(flushToDisk: true);
            }

            var id = Convert.ToHexStringLower(hash.GetHashAndReset());
            File.Move(draft, SourceOf(id), overwrite: true);
            await database.RunAsync(
                c => c.Execute(
                    "INSERT OR REPLACE INTO sources (id, name, bytes, used_at) VALUES (@id, @name, @length, @now)",
                    new { id, name, length, now = Now() }),
                cancellationToken).ConfigureAwait(false);
            return id;
        }
        catch (Exception failure) when (failure is IOException or SqliteException)
        {
            throw NotWritten(failure);
        }
        finally
        {
            Delete(draft);
        }
    }

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

    /// <summary>A table that can be asked: as it was read before, or read now.</summary>
    /// <param name="id">The hash of its file.</param>
    /// <param name="name">What its file is called.</param>
    /// <param name="file">The file; null where a copy was kept, or it is a sample.</param>
    /// <param name="progress">Hears the share that is read, and how many rows that is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="WorkloadException"><c>data_gone</c>, or as <see cref="TableImport.WriteTo"/> says.</exception>
    public async Task<TableProfile> OpenAsync(
        string id, string name, string? file, Action<double, long> progress, CancellationToken cancellationToken)
    {
        var turn = _reading.GetOrAdd(id, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (await FindAsync(id, cancellationToken).ConfigureAwait(false) is { } known)
            {
                await TouchAsync(id, cancellationToken).ConfigureAwait(false);
                return known;
            }

            var source = file ?? await FindSourceAsync(id, cancellationToken).ConfigureAwait(false) ?? throw new WorkloadException(
                "data_gone", "The table is gone: nobody had asked it anything for long. Send its file again.");
            var profile = await Task.Factory.StartNew(
                () => Read(new TableImport(id, name, source), progress, cancellationToken),
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).ConfigureAwait(false);
            await RememberAsync(profile, cancellationToken).ConfigureAwait(false);
            return profile;
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Lets go of a file that can't be read, where no session names it; those that do go on saying why.</summary>
    public async Task ForgetUnreadAsync(string id)
    {
        var named = await database.RunAsync(
            c => c.ExecuteScalar<long>("SELECT count(*) FROM sessions WHERE data_id = @id", new { id }), CancellationToken.None).ConfigureAwait(false);
        if (named == 0)
            await RemoveAsync(id, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Removes what was not used for long, and then what is beyond the bound, the longest unused first; returns how many went.</summary>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        var oldest = Now() - (long)options.Value.UnusedLifetime.TotalMilliseconds;
        var rows = await database.RunAsync(
            c => c.Query<StoredTableRow>(
                "SELECT id, bytes, used_at AS UsedAt FROM tables UNION ALL SELECT id, bytes, used_at FROM sources ORDER BY 3 DESC").ToList(),
            cancellationToken).ConfigureAwait(false);
        long total = 0;
        var removed = 0;
        foreach (var row in rows)
        {
            total += row.Bytes;
            if ((row.UsedAt < oldest || total > options.Value.MaxTotalBytes) && await RemoveAsync(row.Id, cancellationToken).ConfigureAwait(false))
                removed++;
        }

        SweepFiles([.. rows.Select(r => r.Id)], DateTimeOffset.FromUnixTimeMilliseconds(oldest).UtcDateTime);
        return removed;
    }

    private TableProfile Read(TableImport import, Action<double, long> progress, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(directory, "tables"));
        var draft = $"{PathOf(import.Id)}.part";
        File.Delete(draft);
        try
        {
            var profile = import.WriteTo(draft, progress, cancellationToken);
            using (var written = new FileStream(draft, FileMode.Open, FileAccess.ReadWrite))
                written.Flush(flushToDisk: true);
            File.Move(draft, PathOf(import.Id), overwrite: true);
            return profile;
        }
        catch (Exception failure) when (failure is IOException or SqliteException)
        {
            throw NotWritten(failure);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private async Task RememberAsync(TableProfile profile, CancellationToken cancellationToken)
    {
        var row = new
        {
            id = profile.Id, profile = JsonSerializer.Serialize(profile, AnalysisJson.Default.TableProfile),
            bytes = new FileInfo(PathOf(profile.Id)).Length, now = Now(),
        };
        await database.RunAsync(
            c =>
            {
                c.Execute("INSERT OR REPLACE INTO tables (id, profile, bytes, used_at) VALUES (@id, @profile, @bytes, @now)", row);
                return c.Execute("DELETE FROM sources WHERE id = @id", row);
            },
            cancellationToken).ConfigureAwait(false);
        Delete(SourceOf(profile.Id));
        await SweepAsync(cancellationToken).ConfigureAwait(false);
    }

    private Task<int> TouchAsync(string id, CancellationToken cancellationToken) => database.RunAsync(
        c => c.Execute("UPDATE tables SET used_at = @now WHERE id = @id", new { id, now = Now() }), cancellationToken);

    private async Task<string?> FindSourceAsync(string id, CancellationToken cancellationToken)
    {
        if (AnalysisSamples.All.FirstOrDefault(s => s.Hash == id) is { } sample)
        {
            using var content = new MemoryStream(sample.Content, writable: false);
            await KeepAsync(content, $"{sample.Id}.csv", cancellationToken).ConfigureAwait(false);
        }

        return File.Exists(SourceOf(id)) ? SourceOf(id) : null;
    }

    private async Task<bool> RemoveAsync(string id, CancellationToken cancellationToken)
    {
        // One that is being read, or was just used, is left for the next time.
        var turn = _reading.GetOrAdd(id, _ => new SemaphoreSlim(1, 1));
        if (!await turn.WaitAsync(0, cancellationToken).ConfigureAwait(false))
            return false;
        try
        {
            await database.RunAsync(
                c => c.Execute("DELETE FROM tables WHERE id = @id; DELETE FROM sources WHERE id = @id; DELETE FROM answers WHERE data_id = @id", new { id }),
                cancellationToken).ConfigureAwait(false);
            Delete(PathOf(id));
            Delete(SourceOf(id));
            return true;
        }
        finally
        {
            turn.Release();
        }
    }

    // What a crash left between a file and its row: no row, and nobody has written to it for long.
    private void SweepFiles(HashSet<string> known, DateTime oldest)
    {
        foreach (var folder in (string[])["sources", "tables"])
        {
            var path = Path.Combine(directory, folder);
            if (!Directory.Exists(path))
                continue;
            foreach (var file in Directory.EnumerateFiles(path))
            {
                if (!known.Contains(Path.GetFileNameWithoutExtension(file)) && File.GetLastWriteTimeUtc(file) < oldest)
                    Delete(file);
            }
        }
    }

    private static WorkloadException NotWritten(Exception failure) => new(
        "storage_unavailable", "The table can't be written now; is the disk full? Try again later.", failure) { IsTransient = true };

    private static void Delete(string path)
    {
        try
        {
            if (File.Exists(path))
                File.Delete(path);
        }
        catch (IOException)
        {
            // Windows keeps a file that a query has open; without its row it counts for nothing, and goes with a later sweep.
        }
    }

    private string SourceOf(string id) => Path.Combine(directory, "sources", $"{id}.csv");

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
