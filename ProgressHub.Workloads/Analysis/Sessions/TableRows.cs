using System.Text.Json;
using ProgressHub.Core.Sql;
using ProgressHub.Workloads.Analysis.Results;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Sessions;

/// <summary>What the database knows of tables and of the copies of their files.</summary>
internal sealed class TableRows(AnalysisDatabase database, TimeProvider time)
{
    /// <summary>Whether other nodes have them too, each with databases of its own.</summary>
    public bool AreShared => database.IsShared;

    /// <summary>What is known of a table; null where it was not read.</summary>
    public async Task<TableProfile?> FindAsync(string id, CancellationToken cancellationToken)
    {
        var profile = await database.ReadAsync(
            c => c.QuerySingleOrDefault<string>("SELECT profile FROM tables WHERE id = @id", new { id }), cancellationToken);
        return profile is null ? null : JsonSerializer.Deserialize(profile, AnalysisJson.Default.TableProfile);
    }

    /// <summary>How a table is to be read; null where nobody said.</summary>
    public async Task<TableReading?> FindReadingAsync(string id, CancellationToken cancellationToken)
    {
        var reading = await database.ReadAsync(
            c => c.QuerySingleOrDefault<string>("SELECT reading FROM readings WHERE id = @id", new { id }), cancellationToken);
        return reading is null ? null : JsonSerializer.Deserialize(reading, AnalysisJson.Default.TableReading);
    }

    public Task KeepReadingAsync(string id, TableReading reading, CancellationToken cancellationToken) => database.RunAsync(
        c => c.Execute(
            "INSERT INTO readings (id, reading) VALUES (@id, @json) ON CONFLICT (id) DO UPDATE SET reading = excluded.reading",
            new { id, json = JsonSerializer.Serialize(reading, AnalysisJson.Default.TableReading) }),
        cancellationToken);

    public Task KeepSourceAsync(string id, string name, long bytes, CancellationToken cancellationToken) => database.AddAsync(
        c => c.Execute(
            """
            INSERT INTO sources (id, name, bytes, used_at) VALUES (@id, @name, @bytes, @now)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, bytes = excluded.bytes, used_at = excluded.used_at
            """,
            new { id, name, bytes, now = Now() }),
        cancellationToken);

    public Task KeepAsync(TableProfile profile, long bytes, CancellationToken cancellationToken) => database.AddAsync(
        c => c.Execute(
            """
            INSERT INTO tables (id, profile, bytes, used_at) VALUES (@id, @profile, @bytes, @now)
            ON CONFLICT (id) DO UPDATE SET profile = excluded.profile, bytes = excluded.bytes, used_at = excluded.used_at
            """,
            new { id = profile.Id, profile = JsonSerializer.Serialize(profile, AnalysisJson.Default.TableProfile), bytes, now = Now() }),
        cancellationToken);

    /// <summary>Remembers that a table was used, and its file with it.</summary>
    public Task TouchAsync(string id, CancellationToken cancellationToken) => database.RunAsync(
        c => c.Execute(
            "UPDATE tables SET used_at = @now WHERE id = @id; UPDATE sources SET used_at = @now WHERE id = @content",
            new { id, content = TableId.ContentOf(id), now = Now() }),
        cancellationToken);

    /// <summary>How many sessions are about a table.</summary>
    public Task<long> CountSessionsAsync(string id, CancellationToken cancellationToken) => database.ReadAsync(
        c => c.ExecuteScalar<long>("SELECT count(*) FROM sessions WHERE data_id = @id", new { id }), cancellationToken);

    /// <summary>How many bytes the tables and copies take that somebody's sessions are about.</summary>
    public Task<long> CountBytesAsync(string owner, CancellationToken cancellationToken) => database.ReadAsync(
        c => c.ExecuteScalar<long>(
            """
            WITH named AS (SELECT data_id FROM sessions WHERE owner = @owner AND sample IS NULL)
            SELECT CAST(coalesce((SELECT sum(bytes) FROM tables WHERE id IN (SELECT data_id FROM named)), 0)
              + coalesce((SELECT sum(bytes) FROM sources WHERE id IN (SELECT substr(data_id, 1, @digits) FROM named)), 0) AS bigint)
            """,
            new { owner, digits = TableId.HashDigits }),
        cancellationToken);

    /// <summary>All tables and copies, the one used last first, and of both the table: it can do without its file.</summary>
    public Task<List<StoredTableRow>> ListAsync(CancellationToken cancellationToken) => database.ReadAsync(
        c => Stored(c, "tables", isSource: false).Concat(Stored(c, "sources", isSource: true))
            .OrderByDescending(row => row.UsedAt).ThenBy(row => row.IsSource).ToList(),
        cancellationToken);

    public Task RemoveTableAsync(string id, CancellationToken cancellationToken) => database.RunAsync(
        c => c.Execute("DELETE FROM tables WHERE id = @id; DELETE FROM answers WHERE data_id = @id", new { id }), cancellationToken);

    public Task RemoveSourceAsync(string id, CancellationToken cancellationToken) => database.RunAsync(
        c => c.Execute("DELETE FROM sources WHERE id = @id", new { id }), cancellationToken);

    private static IEnumerable<StoredTableRow> Stored(SqlCalls calls, string table, bool isSource) =>
        calls.Query<(string Id, long Bytes, long UsedAt)>($"SELECT id, bytes, used_at FROM {table}")
            .Select(row => new StoredTableRow(row.Id, row.Bytes, row.UsedAt, isSource));

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
