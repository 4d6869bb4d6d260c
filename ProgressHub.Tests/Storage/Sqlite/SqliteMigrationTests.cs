using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Sqlite;
using ProgressHub.Core.Storage;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Storage.Sqlite;

/// <summary>A database is brought to the present schema, from none and from every earlier one.</summary>
public sealed class SqliteMigrationTests : IDisposable
{
    private static readonly SqlStatement Schema = new(
        "SELECT type || ' ' || name || ': ' || COALESCE(sql, '') FROM sqlite_master ORDER BY type, name");

    private readonly string _directory = Directory.CreateTempSubdirectory("progresshub-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_fresh_database_gets_every_version_in_order()
    {
        await using var sqlite = await new SqliteUnderTest(directory: _directory).StartAsync();

        var versions = await sqlite.Storage.ReadAsync(
            session => session.Query(
                new SqlStatement("SELECT version, name FROM schema_version ORDER BY version"),
                reader => (reader.GetInt32(0), reader.GetString(1))),
            default);

        var files = Repository.Files("ProgressHub.Core/Storage/Migrations/Sqlite", ".sql")
            .Select(file => Path.GetFileNameWithoutExtension(file)!)
            .ToArray();
        Assert.Equal(files, versions.Select(v => $"{v.Item1:0000}_{v.Item2}"));
        Assert.Equal(Enumerable.Range(1, files.Length), versions.Select(v => v.Item1));
    }

    [Fact]
    public async Task A_database_of_the_first_version_opens_with_its_jobs()
    {
        Make(SchemaOfVersion1.Sql);

        await using var sqlite = await new SqliteUnderTest(directory: _directory).StartAsync();

        var id = JobId.Parse("00112233445566778899aabbccddeeff", null);
        var job = await sqlite.Store.FindAsync(id, default);
        Assert.Equal(("Letter", JobState.Running, 2), (job!.Title, job.State, job.Attempt));
        Assert.Equal([1, 2], (await sqlite.Log.ReadAsync(id, 0, 10, default)).Select(frame => frame.Seq));
        Assert.Equal(2, (await sqlite.Log.FindSnapshotAsync(id, default))!.Snapshot.Seq);
        Assert.Single((await sqlite.Log.ListAsync(new JobQuery { Owner = "ann", Tag = "red" }, default)).Items);
        Assert.Equal([("translation", JobState.Running, 1)], await sqlite.Store.CountAsync(default));
    }

    [Fact]
    public async Task Jobs_that_had_ended_before_the_second_version_are_numbered_in_the_order_of_their_ends()
    {
        Make(SchemaOfVersion1.Sql + Ended(8, "cc", 300) + Ended(9, "aa", 100) + Ended(10, "bb", 200));

        await using var sqlite = await new SqliteUnderTest(directory: _directory).StartAsync();

        var ended = await sqlite.Log.ListEndedAsync("ann", 1, 10, default);
        Assert.Equal(3, ended.Last);
        Assert.Equal([(2, Id("bb")), (3, Id("cc"))], ended.Jobs.Select(job => ((int)job.Ending, job.Done.JobId.ToString())));

        static string Id(string pair) => string.Concat(Enumerable.Repeat(pair, 16));

        static string Ended(int ord, string pair, int at)
        {
            var id = Id(pair);
            return
                $"INSERT INTO jobs VALUES ({ord}, '{id}', 'translation', 'Letter', 'LETTER', NULL, 'ann', 'canceled', 0, 0, 0, " +
                $"NULL, 0, NULL, 0, NULL, {at}, NULL, 2, CAST('{{\"jobId\":\"{id}\",\"kind\":\"translation\"," +
                "\"title\":\"Letter\",\"tags\":[],\"state\":\"canceled\",\"seq\":2}' AS BLOB));" +
                $"INSERT INTO events VALUES ({ord}, 2, 'done', NULL, CAST('{{}}' AS BLOB));";
        }
    }

    [Fact]
    public async Task What_was_used_and_stored_before_it_was_counted_is_counted_afterwards()
    {
        Make(SchemaOfVersion1.Sql);
        using (var connection = Open())
        {
            var scripts = MigrationScripts.Embedded(typeof(SqlDialect).Assembly, $"{typeof(SqlDialect).Namespace}.Migrations.Sqlite");
            new SchemaMigrator([.. scripts.TakeWhile(script => script.Name != "usage")], "before", TimeProvider.System, NullLogger.Instance).Migrate(connection);
            Run(connection, "DELETE FROM jobs; " + UsageOfBefore.Sql(text => $"CAST('{text}' AS BLOB)"));
        }

        await using var sqlite = await new SqliteUnderTest(directory: _directory).StartAsync();

        await UsageOfBefore.AssertCountedAsync(sqlite.Usage);
    }

    [Fact]
    public async Task An_old_database_ends_with_the_same_schema_as_a_fresh_one()
    {
        Make(SchemaOfVersion1.Sql);
        await using var old = await new SqliteUnderTest(directory: _directory).StartAsync();
        await using var fresh = await new SqliteUnderTest().StartAsync();

        Assert.Equal(await SchemaAsync(fresh), await SchemaAsync(old));
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused_and_left_as_it_is()
    {
        Make(SchemaOfVersion1.Sql + "INSERT INTO schema_version VALUES (9000, 'from_the_future', 0);");
        await using var sqlite = new SqliteUnderTest(directory: _directory);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => sqlite.StartAsync());

        Assert.Contains("version 9000", refusal.Message, StringComparison.Ordinal);
        await using var retry = new SqliteUnderTest(directory: _directory);
        await Assert.ThrowsAsync<InvalidOperationException>(() => retry.StartAsync());
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_clearly()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, "progresshub.db"), new string('x', 8192));
        await using var sqlite = new SqliteUnderTest(directory: _directory);

        var refusal = await Assert.ThrowsAsync<StorageUnavailableException>(() => sqlite.StartAsync());

        Assert.Contains("damaged", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<IEnumerable<string>> SchemaAsync(SqliteUnderTest sqlite) =>
        (await sqlite.Storage.ReadAsync(session => session.Query(Schema, reader => reader.GetString(0)), default))
            .Select(line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    private void Make(string sql)
    {
        using var connection = Open();
        Run(connection, sql);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(_directory, "progresshub.db")};Pooling=false");
        connection.Open();
        return connection;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
