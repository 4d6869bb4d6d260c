using System.Buffers.Binary;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Sqlite;
using ProgressHub.Core.Storage;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Storage.Sqlite;

/// <summary>What was acknowledged is never dropped without a word: a log that was torn is told from one that is damaged.</summary>
public sealed class SqliteDamageTests : IAsyncLifetime
{
    private const int HeaderBytes = 32;
    private const int FrameBytes = 24 + 4096;
    private const int Events = 60;
    private readonly string _crashed = Directory.CreateTempSubdirectory("progresshub-damage-").FullName;
    private LoggedJob _job = null!;

    private string Log => Path.Combine(_crashed, "progresshub.db-wal");

    /// <summary>A folder as a crash leaves it, the log with one transaction an event.</summary>
    public async Task InitializeAsync()
    {
        await using var sqlite = new SqliteUnderTest();
        sqlite.Dialect.ExtraWriterSettings = "PRAGMA wal_autocheckpoint = 0;";
        await sqlite.StartAsync();
        _job = new LoggedJob(
            new Job { Id = JobId.New(), Kind = "k", Title = "T", Owner = "ann", CreatedAt = DateTimeOffset.UnixEpoch }, TimeProvider.System);
        await sqlite.Log.CreateAsync(_job.New(), default);
        for (var i = 1; i < Events; i++)
            await sqlite.Log.AppendAsync(_job.Append(new LogEvent(JobLogLevel.Info, $"line {i}")), default);
        foreach (var file in new[] { "progresshub.db", "progresshub.db-wal" })
        {
            await using var source = new FileStream(Path.Combine(sqlite.Directory, file), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            await using var target = File.Create(Path.Combine(_crashed, file));
            await source.CopyToAsync(target);
        }
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_crashed, recursive: true);
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData("page", 24 + 1000)]
    [InlineData("number of the page", 3)]
    [InlineData("salt", 9)]
    [InlineData("checksum", 21)]
    public async Task A_bit_that_turned_ends_the_start_and_changes_nothing(string what, int offset)
    {
        Turn(HeaderBytes + ((Frames() / 2) * FrameBytes) + offset);
        var before = await File.ReadAllBytesAsync(Log);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync());

        Assert.True(refusal.Message.Contains($"from frame {(Frames() / 2) + 1} on", StringComparison.Ordinal), $"{what}: {refusal.Message}");
        Assert.Contains("--accept-data-loss", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(Log));
        await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync());
        var copy = Assert.Single(Directory.GetFiles(Path.Combine(_crashed, "damaged")));
        Assert.Equal(before, await File.ReadAllBytesAsync(copy));
    }

    [Theory]
    [InlineData(0), InlineData(9), InlineData(17), InlineData(22), InlineData(25)]
    public async Task So_does_one_in_the_header_of_the_log(int offset)
    {
        Turn(offset);

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync());

        Assert.Contains("from frame 1 on", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loss_that_is_accepted_is_marked_and_no_number_is_given_twice()
    {
        Turn(HeaderBytes + ((Frames() / 2) * FrameBytes) + 500);

        await using (var sqlite = await StartAsync(acceptLoss: true))
        {
            var frames = await sqlite.Log.ReadAsync(_job.Id, 0, int.MaxValue, default);
            var left = frames.Count - 1;
            Assert.InRange(left, 2, Events - 2);
            Assert.Equal(Enumerable.Range(1, left).Select(n => (long)n), frames.SkipLast(1).Select(frame => frame.Seq));
            var gap = Assert.IsType<LogEvent>(frames[^1].Decode());
            Assert.True(gap.Seq > Events, $"{gap.Seq}");
            Assert.Equal(JobLogLevel.Warning, gap.Level);
            Assert.Contains($"after event {left}", gap.Message, StringComparison.Ordinal);
            Assert.Equal(gap.Seq, (await sqlite.Log.FindSnapshotAsync(_job.Id, default))!.Snapshot.Seq);
        }

        // It was damaged once: what follows starts as ever, and says nothing again.
        await using var again = await StartAsync();
        Assert.Single(await again.Log.ReadAsync(_job.Id, Events, int.MaxValue, default));
    }

    [Fact]
    public async Task Wherever_a_crash_cuts_the_log_off_the_start_goes_on_from_the_last_whole_commit()
    {
        var whole = await File.ReadAllBytesAsync(Log);
        var database = await File.ReadAllBytesAsync(Path.Combine(_crashed, "progresshub.db"));
        var ends = CommitEnds(whole);
        var cuts = new[] { 0, 31, 32, 40, HeaderBytes + FrameBytes }
            .Concat(Enumerable.Range(0, 12).Select(i => ends[^3] + (i * ((whole.Length - ends[^3]) / 12)))).Append(whole.Length);
        foreach (var cut in cuts)
        {
            await File.WriteAllBytesAsync(Log, whole[..cut]);
            await File.WriteAllBytesAsync(Path.Combine(_crashed, "progresshub.db"), database);

            await using var sqlite = await StartAsync();

            // The last transactions have an event each.
            var lost = ends.Count(end => end > cut);
            Assert.Equal(Math.Max(0, Events - lost), (await sqlite.Log.ReadAsync(_job.Id, 0, int.MaxValue, default)).Count);
        }
    }

    [Fact]
    public async Task A_last_transaction_that_came_to_the_disk_in_another_order_is_undone_and_leaves_nothing_behind()
    {
        var whole = await File.ReadAllBytesAsync(Log);
        var ends = CommitEnds(whole);

        // All of the last transaction but its first page.
        whole.AsSpan(ends[^2], FrameBytes).Clear();
        await File.WriteAllBytesAsync(Log, whole);

        await using var sqlite = await StartAsync();

        Assert.Equal(Events - 1, (await sqlite.Log.ReadAsync(_job.Id, 0, int.MaxValue, default)).Count);
        Assert.Equal(0, new FileInfo(Log).Length);
    }

    [Fact]
    public async Task The_logs_of_other_databases_of_the_folder_are_looked_at_too()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_crashed, "knowledge")).FullName;
        Turn(HeaderBytes + ((Frames() / 2) * FrameBytes) + 500);
        File.Move(Log, Path.Combine(folder, "knowledge.db-wal"));

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync());

        Assert.Contains("knowledge.db-wal", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_whose_structure_is_damaged_is_found_at_the_start_after_a_crash()
    {
        await using (await StartAsync())
        {
            // All of the log is carried over to the database.
        }

        var database = Path.Combine(_crashed, "progresshub.db");
        await using (var sqlite = new SqliteUnderTest(directory: _crashed))
        {
            sqlite.Dialect.ExtraWriterSettings = "PRAGMA wal_autocheckpoint = 0;";
            await sqlite.StartAsync();
            await sqlite.Store.ProbeAsync(default);
            File.Copy(Log, Log + ".crash");
        }

        File.Move(Log + ".crash", Log, overwrite: true);
        await using (var file = new FileStream(database, FileMode.Open, FileAccess.ReadWrite))
        {
            // The header of the last page: what kind it is, and where its cells are.
            file.Position = file.Length - 4096;
            await file.WriteAsync(Enumerable.Repeat((byte)0xee, 8).ToArray());
        }

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync());

        Assert.Contains("is damaged", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("--accept-data-loss", refusal.Message, StringComparison.Ordinal);
        await using var accepted = await StartAsync(acceptLoss: true);
        Assert.NotNull(await accepted.Store.FindAsync(_job.Id, default));
    }

    [Fact]
    public void A_log_of_an_earlier_round_behind_a_header_that_was_cut_off_is_no_damage()
    {
        var log = File.ReadAllBytes(Log);
        BinaryPrimitives.WriteUInt32BigEndian(log.AsSpan(16), BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(16)) + 1);
        BinaryPrimitives.WriteUInt32BigEndian(log.AsSpan(20), ~BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(20)));
        File.WriteAllBytes(Log, log);

        Assert.False(WriteAheadLog.Examine(Log)!.IsDamaged);
    }

    [Fact]
    public void A_sound_log_is_read_to_its_end()
    {
        Assert.Equal(new LogCondition(Frames(), 0, 0, new FileInfo(Log).Length), WriteAheadLog.Examine(Log));
    }

    private static int[] CommitEnds(byte[] log) =>
    [
        .. Enumerable.Range(0, (log.Length - HeaderBytes) / FrameBytes)
            .Where(frame => BinaryPrimitives.ReadUInt32BigEndian(log.AsSpan(HeaderBytes + (frame * FrameBytes) + 4)) != 0)
            .Select(frame => HeaderBytes + ((frame + 1) * FrameBytes)),
    ];

    private int Frames() => (int)((new FileInfo(Log).Length - HeaderBytes) / FrameBytes);

    private void Turn(long at)
    {
        using var log = new FileStream(Log, FileMode.Open, FileAccess.ReadWrite);
        log.Position = at;
        var there = log.ReadByte();
        log.Position = at;
        log.WriteByte((byte)(there ^ 0x10));
    }

    private async Task<SqliteUnderTest> StartAsync(bool acceptLoss = false)
    {
        var sqlite = new SqliteUnderTest(options: new StorageOptions { AcceptDataLoss = acceptLoss }, directory: _crashed);
        try
        {
            return await sqlite.StartAsync();
        }
        catch
        {
            await sqlite.DisposeAsync();
            throw;
        }
    }
}
