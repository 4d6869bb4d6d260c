using System.Diagnostics.CodeAnalysis;
using Dapper;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Sqlite;

/// <summary>A disk that fails and is well again needs no restart.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xUnit disposes it through IAsyncLifetime.")]
public sealed class SqliteOutageTests : IAsyncLifetime
{
    private static readonly string Large = new('x', 100_000);
    private readonly NoteDatabase _notes = new();

    public async Task InitializeAsync() => await _notes.AddAsync("before");

    public async Task DisposeAsync() => await _notes.DisposeAsync();

    // In a transaction SQLite ends by itself where the disk is full, and only where a statement begins where it is read-only.
    [Theory]
    [InlineData("PRAGMA max_page_count = 1", "full")]
    [InlineData("PRAGMA query_only = ON", "read-only")]
    public async Task After_a_failed_write_the_next_one_has_a_fresh_connection(string fault, string reason)
    {
        await _notes.Database.WriteAsync(connection => connection.Execute(fault), CancellationToken.None);

        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => _notes.AddAsync(Large));

        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Equal(1, await _notes.AddAsync(Large));
        Assert.Equal(2, await _notes.CountAsync());
    }

    [Theory]
    [InlineData("PRAGMA max_page_count = 1;")]
    [InlineData("PRAGMA query_only = ON;")]
    public async Task While_the_disk_takes_no_writes_reads_go_on_and_then_it_recovers(string fault)
    {
        _notes.Database.File.ExtraWriterSettings = fault;
        await Assert.ThrowsAsync<InvalidOperationException>(() => _notes.Database.WriteAsync<int>(
            _ => throw new InvalidOperationException("Open another connection."), CancellationToken.None));

        for (var i = 0; i < 3; i++)
        {
            await Assert.ThrowsAsync<StorageUnavailableException>(() => _notes.AddAsync(Large));
            Assert.Equal(1, await _notes.CountAsync());
        }

        _notes.Database.File.ExtraWriterSettings = null;
        // What failed last has dropped its connection.
        Assert.Equal(1, await _notes.AddAsync(Large));
    }

    [Fact]
    public async Task A_folder_that_can_not_be_made_is_an_outage_that_names_no_folder()
    {
        var folder = Path.GetDirectoryName(_notes.Path)!;
        await _notes.Database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        await File.WriteAllTextAsync(folder, "A file where a folder is to be.");
        await _notes.ReopenAsync();

        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => _notes.CountAsync());

        Assert.DoesNotContain(folder, failure.Message, StringComparison.Ordinal);
        File.Delete(folder);
        Assert.Equal(0, await _notes.CountAsync().Soon());
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_an_outage()
    {
        await _notes.Database.DisposeAsync();
        await File.WriteAllTextAsync(_notes.Path, Large);
        await _notes.ReopenAsync();

        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => _notes.CountAsync());

        Assert.Contains("damaged", failure.Message, StringComparison.Ordinal);
    }
}
