using System.Diagnostics.CodeAnalysis;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Storage;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Storage.Sqlite;

/// <summary>What happens when the disk is full or read-only, the file is locked, or the queue is full.</summary>
[SuppressMessage("Design", "CA1001", Justification = "xUnit disposes it through IAsyncLifetime.")]
public sealed class SqliteFailureTests : IAsyncLifetime
{
    private readonly SqliteUnderTest _sqlite = new();

    public Task InitializeAsync() => _sqlite.StartAsync();

    public async Task DisposeAsync() => await _sqlite.DisposeAsync();

    [Theory]
    [InlineData("PRAGMA max_page_count = 1;", "full")]
    [InlineData("PRAGMA query_only = ON;", "read-only")]
    public async Task While_the_database_takes_no_writes_they_fail_clearly_reads_go_on_and_it_recovers(
        string fault, string reason)
    {
        var job = await CreateAsync();
        await BreakAsync(fault);

        // Large enough to need a new page, however full the last one is.
        var large = new LoggedJob(NewJob().Job with { Title = new string('x', 20_000) }, TimeProvider.System);
        for (var i = 0; i < 3; i++)
        {
            var failure = await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
                await _sqlite.Log.CreateAsync(large.Fork().New(), default));
            Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
            Assert.NotNull(await _sqlite.Store.FindAsync(job.Id, default));
        }

        await BreakAsync(null);
        Assert.Equal(default, await _sqlite.Log.CreateAsync(large.New(), default));
        await _sqlite.Store.ProbeAsync(default);
    }

    [Fact]
    public async Task A_probe_fails_while_the_database_is_read_only()
    {
        await BreakAsync("PRAGMA query_only = ON;");

        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await _sqlite.Store.ProbeAsync(default));
    }

    [Fact]
    public async Task Connections_that_broke_while_nobody_used_them_are_opened_anew()
    {
        var writer = await _sqlite.Storage.WriteAsync(static session => session.Connection, 0, 0, default);
        writer.Close();
        var job = await CreateAsync();

        // Whichever thread reads next, its connection was closed at some time.
        for (var i = 0; i < 20; i++)
        {
            await _sqlite.Storage.ReadAsync(static session => Close(session), default);
            Assert.NotNull(await _sqlite.Store.FindAsync(job.Id, default));
        }

        static bool Close(SqlSession session)
        {
            session.Connection.Close();
            return true;
        }
    }

    [Fact]
    public async Task A_failed_batch_leaves_nothing_of_any_command_behind()
    {
        await BreakAsync("PRAGMA max_page_count = 1;");
        var release = await _sqlite.HoldWriterAsync();
        var small = NewJob();
        var large = new LoggedJob(NewJob().Job with { Title = new string('x', 1 << 20) }, TimeProvider.System);

        var together = new[] { small.Fork().New(), large.New() }
            .Select(job => _sqlite.Log.CreateAsync(job, default).AsTask()).ToArray();
        release.SetResult();

        foreach (var create in together)
            await Assert.ThrowsAsync<StorageUnavailableException>(() => create);
        Assert.Null(await _sqlite.Store.FindAsync(small.Id, default));
        await BreakAsync(null);
        Assert.Equal(default, await _sqlite.Log.CreateAsync(small.New(), default));
    }

    [Fact]
    public async Task A_full_queue_refuses_new_jobs_at_once_and_appends_wait_for_room()
    {
        var options = new StorageOptions { QueueCapacity = 16 };
        await using var sqlite = await new SqliteUnderTest(options: options).StartAsync();
        var jobs = Enumerable.Range(0, 20).Select(_ => NewJob()).ToArray();
        foreach (var job in jobs)
            await sqlite.Log.CreateAsync(job.New(), default);
        var release = await sqlite.HoldWriterAsync();

        var appends = jobs.Select(job => sqlite.Log.AppendAsync(
            job.Append(new LogEvent(JobLogLevel.Info, "Hello")), default).AsTask()).ToArray();
        var refused = await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
            await sqlite.Log.CreateAsync(NewJob().New(), default));
        Assert.Contains("queue is full", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await sqlite.Store.ProbeAsync(default));
        Assert.All(appends, append => Assert.False(append.IsCompleted));
        release.SetResult();

        Assert.All(await Task.WhenAll(appends), outcome => Assert.Equal(AppendOutcome.Committed, outcome));
        Assert.Equal(default, await sqlite.Log.CreateAsync(NewJob().New(), default));
    }

    [Fact]
    public async Task A_queue_full_of_bytes_refuses_new_jobs_too()
    {
        var options = new StorageOptions { QueueBytes = 1 << 20 };
        await using var sqlite = await new SqliteUnderTest(options: options).StartAsync();
        var release = await sqlite.HoldWriterAsync();
        var input = $"\"{new string('x', 600_000)}\"";

        var first = sqlite.Log.CreateAsync(NewJob().New(input), default).AsTask();
        await Assert.ThrowsAsync<StorageUnavailableException>(async () =>
            await sqlite.Log.CreateAsync(NewJob().New(input), default));
        release.SetResult();

        Assert.Equal(default, await first);
    }

    [Fact]
    public async Task A_write_that_is_given_up_while_it_waits_is_never_done()
    {
        var release = await _sqlite.HoldWriterAsync();
        using var giveUp = new CancellationTokenSource();
        var job = NewJob();

        var creating = _sqlite.Log.CreateAsync(job.New(), giveUp.Token).AsTask();
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => creating);
        release.SetResult();

        await _sqlite.Store.ProbeAsync(default);
        Assert.Null(await _sqlite.Store.FindAsync(job.Id, default));
    }

    private static LoggedJob NewJob() => new(
        new Job { Id = JobId.New(), Kind = "k", Title = "T", Owner = "ann", CreatedAt = DateTimeOffset.UnixEpoch },
        TimeProvider.System);

    private async Task<LoggedJob> CreateAsync()
    {
        var job = NewJob();
        await _sqlite.Log.CreateAsync(job.New(), default);
        return job;
    }

    /// <summary>Makes the writer open its next connection with a fault, by failing on the present one.</summary>
    private async Task BreakAsync(string? fault)
    {
        _sqlite.Dialect.ExtraWriterSettings = fault;
        await Assert.ThrowsAsync<InvalidOperationException>(() => _sqlite.Storage.WriteAsync<int>(
            _ => throw new InvalidOperationException("Open another connection."), 0, 0, default));
    }
}
