using Dapper;
using Microsoft.Data.Sqlite;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis;
using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Tests.Workloads.Analysis;

public sealed class AnalysisDatabaseTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("progresshub-sessions-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(EarlierAnalysisSchema.First)]
    [InlineData(EarlierAnalysisSchema.First + EarlierAnalysisSchema.Second)]
    public async Task Sessions_of_an_earlier_program_are_there(string made)
    {
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "analysis.db")};Pooling=false"))
            connection.Execute(made + EarlierAnalysisSchema.Session);
        await using var database = new AnalysisDatabase(_folder);
        using var bench = new SessionBench(database, _folder, new AnalysisOptions());

        Assert.Equal("Old", Assert.Single(await bench.Sessions.ListAsync("ann", CancellationToken.None)).Name);
    }

    [Fact]
    public async Task A_write_on_a_full_disk_fails_alone()
    {
        await using var database = new AnalysisDatabase(_folder);
        await database.RunAsync(c => c.Execute("PRAGMA max_page_count = 1", new { }), CancellationToken.None);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => AddAsync(database));

        Assert.Equal(1, await AddAsync(database));
    }

    [Fact]
    public async Task The_callers_thread_waits_for_no_disk()
    {
        await using var database = new AnalysisDatabase(_folder);

        var thread = await database.RunAsync(_ => Thread.CurrentThread, CancellationToken.None);

        Assert.False(thread.IsThreadPoolThread);
        Assert.NotEqual(Environment.CurrentManagedThreadId, thread.ManagedThreadId);
    }

    private static Task<int> AddAsync(AnalysisDatabase database) => database.RunAsync(
        c => c.Execute("INSERT INTO sources VALUES ('a', @name, 1, 1)", new { name = new string('x', 100_000) }), CancellationToken.None);
}
