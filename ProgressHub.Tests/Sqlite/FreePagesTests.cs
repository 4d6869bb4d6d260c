using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.Core.Sqlite;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Sqlite;

/// <summary>What is deleted is given back to the disk, also by a database that an earlier version made.</summary>
public sealed class FreePagesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("progresshub-pages-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "a.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false), InlineData(true)]
    public void A_database_shrinks_to_what_it_holds_and_a_few_pages_for_what_comes(bool isOfEarlierVersion)
    {
        if (isOfEarlierVersion)
            MakeOfEarlierVersion();
        using var connection = new SqliteFile(Path).OpenWriter();
        Run(connection, "CREATE TABLE IF NOT EXISTS t (body BLOB); INSERT INTO t SELECT zeroblob(100000) FROM (WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 300) SELECT i FROM n)");
        Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.True(new FileInfo(Path).Length > 25_000_000);

        Run(connection, "DELETE FROM t");
        var slices = 1;
        while (FreePages.GiveBack(connection))
            slices++;
        Run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");

        Assert.InRange(new FileInfo(Path).Length, 1024 * 4096, 6_000_000);
        Assert.True(slices > 5, $"{slices}");
        Assert.Empty(QuickCheck.Of(connection));
    }

    [Fact]
    public async Task A_database_of_a_workload_gives_back_by_itself_what_a_write_has_freed()
    {
        MigrationScript[] schema = [new(1, "t", "CREATE TABLE t (body BLOB)")];
        await using var database = new SqliteDatabase(new SqliteFile(Path), schema, TimeProvider.System, NullLogger.Instance);
        await database.WriteAsync(connection => Count(connection, "INSERT INTO t SELECT zeroblob(20000000) RETURNING 1"), default);

        await database.WriteAsync(connection => Count(connection, "DELETE FROM t RETURNING 1"), default);

        await Patience.UntilAsync(
            async () => await database.ReadAsync(connection => Count(connection, "PRAGMA freelist_count"), default) <= 1024, "the pages are given back");
    }

    [Fact]
    public void A_database_of_before_keeps_what_it_has()
    {
        MakeOfEarlierVersion();

        using var connection = new SqliteFile(Path).OpenWriter();

        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM t WHERE body = 'kept'";
        Assert.Equal(1L, command.ExecuteScalar());
    }

    private static long Count(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private void MakeOfEarlierVersion()
    {
        using var connection = new SqliteConnection($"Data Source={Path};Pooling=false");
        connection.Open();
        Run(connection, "PRAGMA journal_mode = WAL; CREATE TABLE t (body BLOB); INSERT INTO t VALUES ('kept')");
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
