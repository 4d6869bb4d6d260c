using System.Diagnostics.CodeAnalysis;
using Dapper;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Sqlite;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Sqlite;

[SuppressMessage("Design", "CA1001", Justification = "xUnit disposes it through IAsyncLifetime.")]
public sealed class SqliteDatabaseTests : IAsyncLifetime
{
    private readonly NoteDatabase _notes = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _notes.DisposeAsync();

    [Fact]
    public async Task What_was_written_is_read_at_once_and_after_a_restart()
    {
        await _notes.AddAsync("first");
        Assert.Equal(1, await _notes.CountAsync());

        await _notes.ReopenAsync();

        Assert.Equal(1, await _notes.CountAsync());
    }

    [Fact]
    public async Task Nothing_is_made_before_it_is_used()
    {
        Assert.False(File.Exists(_notes.Path));

        Assert.Equal(0, await _notes.CountAsync());

        Assert.True(File.Exists(_notes.Path));
    }

    [Fact]
    public async Task It_works_on_threads_of_its_own()
    {
        var caller = Environment.CurrentManagedThreadId;

        var writer = await _notes.Database.WriteAsync(_ => Thread.CurrentThread, CancellationToken.None);
        var reader = await _notes.Database.ReadAsync(_ => Thread.CurrentThread, CancellationToken.None);

        Assert.All(new[] { writer, reader }, thread =>
        {
            Assert.False(thread.IsThreadPoolThread);
            Assert.NotEqual(caller, thread.ManagedThreadId);
        });
        Assert.NotEqual(writer.ManagedThreadId, reader.ManagedThreadId);
    }

    [Fact]
    public async Task A_write_that_throws_leaves_nothing_behind()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _notes.Database.WriteAsync<int>(
            connection =>
            {
                connection.Execute("INSERT INTO notes (text) VALUES ('half')");
                throw new InvalidOperationException("A defect.");
            },
            CancellationToken.None));

        Assert.Equal(0, await _notes.CountAsync());
        Assert.Equal(1, await _notes.AddAsync("whole"));
    }

    [Fact]
    public async Task A_read_can_not_write()
    {
        await Assert.ThrowsAsync<StorageUnavailableException>(() => _notes.Database.ReadAsync(
            connection => connection.Execute("INSERT INTO notes (text) VALUES ('no')"), CancellationToken.None));

        Assert.Equal(0, await _notes.CountAsync());
    }

    [Fact]
    public async Task Reads_go_on_while_a_write_takes_its_time()
    {
        await _notes.AddAsync("first");
        var release = await _notes.HoldWriterAsync();

        Assert.Equal(1, await _notes.CountAsync().Soon());

        release.SetResult();
    }

    [Fact]
    public async Task More_than_may_wait_is_refused_at_once()
    {
        var release = await _notes.HoldWriterAsync();
        var waiting = Enumerable.Range(0, SqliteDatabase.QueueCapacity).Select(i => _notes.AddAsync($"{i}")).ToList();

        var refusal = await Assert.ThrowsAsync<StorageUnavailableException>(() => _notes.AddAsync("too many"));
        release.SetResult();

        Assert.Contains("notes.db", refusal.Message, StringComparison.Ordinal);
        await Task.WhenAll(waiting).Soon();
        Assert.Equal(SqliteDatabase.QueueCapacity, await _notes.CountAsync());
    }

    [Fact]
    public async Task A_write_that_is_given_up_while_it_waits_is_never_done()
    {
        var release = await _notes.HoldWriterAsync();
        using var giveUp = new CancellationTokenSource();
        var writing = _notes.Database.WriteAsync(
            connection => connection.Execute("INSERT INTO notes (text) VALUES ('given up')"), giveUp.Token);

        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing.Soon());
        release.SetResult();

        await _notes.AddAsync("other");
        Assert.Equal(1, await _notes.CountAsync());
    }

    [Fact]
    public async Task Closing_does_what_waits_and_then_takes_nothing_more()
    {
        var release = await _notes.HoldWriterAsync();
        var writing = _notes.AddAsync("last");
        var closing = _notes.Database.DisposeAsync().AsTask();
        release.SetResult();

        await closing.Soon();

        Assert.Equal(1, await writing.Soon());
        await Assert.ThrowsAsync<StorageClosedException>(() => _notes.AddAsync("too late"));
        await _notes.ReopenAsync();
        Assert.Equal(1, await _notes.CountAsync());
    }
}
