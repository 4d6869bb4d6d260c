using System.Collections.Concurrent;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Storage.Sqlite;

/// <summary>Acknowledged is on disk: after a crash, after closing, and only for one process at a time.</summary>
public sealed class SqliteDurabilityTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task After_a_crash_all_that_was_acknowledged_is_there_and_no_log_has_a_gap()
    {
        await using var sqlite = new SqliteUnderTest();

        // Without checkpoints the database file stands still: copied first, it and the log are one moment's state.
        sqlite.Dialect.ExtraWriterSettings = "PRAGMA wal_autocheckpoint = 0;";
        await sqlite.StartAsync();
        var jobs = Enumerable.Range(0, 16).Select(_ => NewJob()).ToArray();
        foreach (var job in jobs)
            await sqlite.Log.CreateAsync(job.New(), default);
        var acknowledged = new ConcurrentDictionary<JobId, long>();
        using var enough = new CountdownEvent(500);
        using var stop = new CancellationTokenSource();

        var writers = jobs.Select(job => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await sqlite.Log.AppendAsync(job.Append(new LogEvent(JobLogLevel.Info, "Hello")), default);
                acknowledged[job.Id] = job.Snapshot.Seq;
                if (!enough.IsSet)
                    enough.Signal();
            }
        })).ToArray();
        Assert.True(enough.Wait(Soon));
        var before = acknowledged.ToArray();
        var crashed = Directory.CreateDirectory(sqlite.Directory + "-crashed").FullName;
        foreach (var file in new[] { "progresshub.db", "progresshub.db-wal" })
            Copy(Path.Combine(sqlite.Directory, file), Path.Combine(crashed, file));
        await stop.CancelAsync();
        await Task.WhenAll(writers).WaitAsync(Soon);

        await using (var recovered = await new SqliteUnderTest(directory: crashed).StartAsync())
        {
            foreach (var (id, seq) in before)
            {
                var frames = await recovered.Log.ReadAsync(id, 0, int.MaxValue, default);
                Assert.Equal(Enumerable.Range(1, frames.Count).Select(n => (long)n), frames.Select(frame => frame.Seq));
                Assert.True(frames.Count >= seq, $"Of {seq} acknowledged events {frames.Count} are there.");
                Assert.Equal(frames.Count, (await recovered.Log.FindSnapshotAsync(id, default))!.Snapshot.Seq);
            }
        }

        Directory.Delete(crashed, recursive: true);
    }

    [Fact]
    public async Task Closing_writes_all_that_was_queued_and_leaves_one_tidy_file()
    {
        var directory = Directory.CreateTempSubdirectory("progresshub-").FullName;
        var jobs = Enumerable.Range(0, 500).Select(_ => NewJob()).ToArray();
        var sqlite = await new SqliteUnderTest(directory: directory).StartAsync();
        var release = await sqlite.HoldWriterAsync();
        var creating = jobs.Select(job => sqlite.Log.CreateAsync(job.New(), default).AsTask()).ToArray();

        var closing = sqlite.DisposeAsync().AsTask();
        release.SetResult();
        await closing.WaitAsync(Soon);

        Assert.All(await Task.WhenAll(creating), outcome => Assert.Equal(default, outcome));
        Assert.Equal(
            ["progresshub.db", "progresshub.lock"],
            Directory.GetFiles(directory).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        await using (var again = await new SqliteUnderTest(directory: directory).StartAsync())
        {
            foreach (var job in jobs)
                Assert.NotNull(await again.Store.FindAsync(job.Id, default));
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Closing_gives_up_on_a_disk_that_hangs_and_refuses_what_waited()
    {
        await using var sqlite = await new SqliteUnderTest(new HurriedTime()).StartAsync();
        var release = await sqlite.HoldWriterAsync();
        var waiting = sqlite.Log.CreateAsync(NewJob().New(), default).AsTask();

        await sqlite.Storage.DisposeAsync().AsTask().WaitAsync(Soon);

        await Assert.ThrowsAsync<StorageClosedException>(() => waiting);
        release.SetResult();
        await sqlite.Storage.WriterEnded.WaitAsync(Soon);
    }

    [Fact]
    public async Task After_closing_writes_and_reads_are_refused()
    {
        var sqlite = await new SqliteUnderTest().StartAsync();
        await sqlite.DisposeAsync();

        await Assert.ThrowsAsync<StorageClosedException>(async () =>
            await sqlite.Log.CreateAsync(NewJob().New(), default));
        await Assert.ThrowsAsync<StorageClosedException>(async () =>
            await sqlite.Store.FindAsync(JobId.New(), default));
        await sqlite.DisposeAsync();
    }

    [Fact]
    public async Task Before_it_is_ready_the_store_says_what_is_missing()
    {
        await using var sqlite = new SqliteUnderTest();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await sqlite.Store.FindAsync(JobId.New(), default));

        Assert.Contains("InitializeAsync", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_store_in_the_same_directory_is_refused_by_name_and_may_come_after_the_first()
    {
        await using var first = await new SqliteUnderTest().StartAsync();
        await using var second = new SqliteUnderTest(directory: first.Directory);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => second.StartAsync());

        Assert.Contains($"process {Environment.ProcessId} on", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Storage:DataDirectory", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(default, await first.Log.CreateAsync(NewJob().New(), default));
        await first.Storage.DisposeAsync();
        await using var third = await new SqliteUnderTest(directory: first.Directory).StartAsync();
        await third.Store.ProbeAsync(default);
    }

    [Fact]
    public async Task A_purge_that_was_cut_off_is_finished_at_the_next_start()
    {
        await using var sqlite = await new SqliteUnderTest().StartAsync();
        var job = NewJob();
        await sqlite.Log.CreateAsync(job.New(), default);
        await sqlite.Log.AppendAsync(
            job.Append(
                row => row.Finish(JobState.Canceled, DateTimeOffset.UnixEpoch),
                new DoneEvent(JobState.Canceled, null, null, new JobSummary(0, []))),
            default);
        await sqlite.Storage.WriteAsync(
            session => Core.Storage.PurgeStatements.Begin(session, job.Id, DateTimeOffset.UnixEpoch), 0, 0, default);
        await sqlite.Storage.DisposeAsync();

        await using var again = await new SqliteUnderTest(directory: sqlite.Directory).StartAsync();

        Assert.Equal(0L, await again.Storage.ReadAsync(
            session => session.Scalar(new Core.Storage.SqlStatement("SELECT COUNT(*) FROM events")), default));
    }

    [Fact]
    public async Task A_small_job_is_purged_in_one_commit_and_waits_for_no_other_purge()
    {
        await using var sqlite = await new SqliteUnderTest().StartAsync();
        var (large, small) = (await EndedAsync(sqlite, 2500), await EndedAsync(sqlite, 2));
        var begun = await sqlite.Storage.WriteAsync(
            session => Core.Storage.PurgeStatements.Begin(session, large.Id, DateTimeOffset.UnixEpoch), 0, 0, default);
        Assert.True(begun is { IsBegun: true, Rest: not null });

        Assert.True(await sqlite.Store.PurgeAsync(small.Id, DateTimeOffset.UnixEpoch, default));

        Assert.Equal(1502L, await CountAsync(sqlite, "events"));
        Assert.Equal(1L, await CountAsync(sqlite, "purges"));
        await sqlite.Store.PurgeTombstonesAsync(DateTimeOffset.UnixEpoch, default);
        Assert.Equal((0L, 0L), (await CountAsync(sqlite, "events"), await CountAsync(sqlite, "purges")));
    }

    private static async Task<LoggedJob> EndedAsync(SqliteUnderTest sqlite, int events)
    {
        var job = NewJob();
        await sqlite.Log.CreateAsync(job.New(), default);
        await sqlite.Log.AppendAsync(
            job.Append(
                row => row.Finish(JobState.Canceled, DateTimeOffset.UnixEpoch),
                [
                    .. Enumerable.Range(0, events).Select(i => new LogEvent(JobLogLevel.Info, $"{i}")),
                    new DoneEvent(JobState.Canceled, null, null, new JobSummary(0, [])),
                ]),
            default);
        return job;
    }

    private static async Task<long> CountAsync(SqliteUnderTest sqlite, string table) => (long)(await sqlite.Storage.ReadAsync(
        session => session.Scalar(new Core.Storage.SqlStatement($"SELECT COUNT(*) FROM {table}")), default))!;

    private static LoggedJob NewJob() => new(
        new Job { Id = JobId.New(), Kind = "k", Title = "T", Owner = "ann", CreatedAt = DateTimeOffset.UnixEpoch },
        TimeProvider.System);

    /// <summary>Its timers are due at once.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }

    private static void Copy(string from, string to)
    {
        using var source = new FileStream(from, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var target = File.Create(to);
        source.CopyTo(target);
    }
}
