using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Tests.Sqlite;

/// <summary>A database that was not closed is looked over before anybody uses it.</summary>
public sealed class UncleanStopTests : IDisposable
{
    private const int PageBytes = 4096;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("progresshub-unclean-");

    private string Path => System.IO.Path.Combine(_folder.FullName, "notes.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_damaged_one_keeps_the_server_from_starting()
    {
        await MakeDamagedAsync();
        await using var database = Open(acceptDataLoss: false);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(database));

        Assert.Contains(Path, refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--accept-data-loss", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => database.ReadAsync(connection => connection.ExecuteScalar<long>("SELECT 1"), default));
    }

    [Fact]
    public async Task It_goes_on_with_what_can_be_read_where_that_is_accepted()
    {
        await MakeDamagedAsync();
        await using var database = Open(acceptDataLoss: true);

        await StartAsync(database);

        Assert.Equal(1, await database.ReadAsync(connection => connection.ExecuteScalar<long>("SELECT 1"), default));
    }

    [Fact]
    public async Task A_whole_one_opens_and_one_that_was_closed_is_not_opened_at_all()
    {
        await MakeAsync();
        LeaveLog();
        await using (var database = Open(acceptDataLoss: false))
        {
            await StartAsync(database);
            Assert.Equal(200, await database.ReadAsync(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM notes"), default));
        }

        File.Delete(Path);
        await using var missing = Open(acceptDataLoss: false);
        await StartAsync(missing);
        Assert.False(File.Exists(Path));
    }

    private static async Task StartAsync(SqliteDatabase database)
    {
        await using var services = new ServiceCollection().AddDatabaseStart(_ => database).AddDatabaseStart(_ => null).BuildServiceProvider();
        foreach (var service in services.GetServices<IHostedService>())
            await service.StartAsync(default);
    }

    private async Task MakeDamagedAsync()
    {
        await MakeAsync();
        await using (var file = File.OpenWrite(Path))
        {
            // The pages of the table itself: the first are those of the schema and of free pages.
            file.Position = file.Length - (PageBytes * 4);
            await file.WriteAsync(new byte[PageBytes * 3]);
        }

        LeaveLog();
    }

    private async Task MakeAsync()
    {
        await using var database = Open(acceptDataLoss: false);
        for (var i = 0; i < 4; i++)
        {
            await database.WriteAsync(
                connection => connection.Execute("INSERT INTO notes (text) VALUES (@text)", Enumerable.Repeat(new { text = new string('x', 500) }, 50)),
                default);
        }
    }

    // What is in it is no transaction of ours; that there is something tells that nobody closed the database.
    private void LeaveLog() => File.WriteAllBytes($"{Path}-wal", new byte[32]);

    private SqliteDatabase Open(bool acceptDataLoss) =>
        new(new SqliteFile(Path), NoteDatabase.Schema, TimeProvider.System, NullLogger.Instance) { AcceptDataLoss = acceptDataLoss };
}
