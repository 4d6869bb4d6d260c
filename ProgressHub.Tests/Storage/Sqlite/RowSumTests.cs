using Microsoft.Data.Sqlite;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Storage;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Storage.Sqlite;

/// <summary>A bit that turned in the database file is told and not shown.</summary>
public sealed class RowSumTests
{
    [Fact]
    public void It_is_the_checksum_of_Castagnoli()
    {
        // RFC 3720, appendix B.4, has 32 bytes of 0 as 0xaa36918a; here the first eight are the number.
        Assert.Equal(0x8a9136aaL, RowSum.Of(0, new byte[24]));
        Assert.NotEqual(RowSum.Of(1, "body"u8), RowSum.Of(2, "body"u8));
    }

    [Theory]
    [InlineData("UPDATE events SET body = CAST(replace(CAST(body AS TEXT), 'line 2', 'line 3') AS BLOB) WHERE seq = 3", true)]
    [InlineData("UPDATE events SET body = CAST(replace(CAST(body AS TEXT), 'line 2', 'line 3') AS BLOB), body_sum = NULL WHERE seq = 3", false)]
    [InlineData("UPDATE events SET body = (SELECT body FROM events WHERE seq = 2), body_sum = (SELECT body_sum FROM events WHERE seq = 2) WHERE seq = 3", true)]
    public async Task An_event_that_is_not_what_was_written_is_refused_and_rows_of_before_are_not(string change, bool isRefused)
    {
        await using var sqlite = await StartAsync(change);

        Task<IReadOnlyList<EventFrame>> ReadAsync() => sqlite.Log.ReadAsync(_job.Id, 0, 100, default).AsTask();

        if (isRefused)
            Assert.Contains("number 3", (await Assert.ThrowsAsync<StorageDamagedException>(ReadAsync)).Message, StringComparison.Ordinal);
        else
            Assert.Equal(4, (await ReadAsync()).Count);
        Assert.NotNull(await sqlite.Log.FindSnapshotAsync(_job.Id, default));
    }

    [Fact]
    public async Task A_state_that_is_not_what_was_written_is_refused_and_the_list_goes_on()
    {
        await using var sqlite = await StartAsync("UPDATE jobs SET snapshot = CAST(replace(CAST(snapshot AS TEXT), '\"T\"', '\"U\"') AS BLOB)");

        await Assert.ThrowsAsync<StorageDamagedException>(() => sqlite.Log.FindSnapshotAsync(_job.Id, default).AsTask());
        Assert.Single((await sqlite.Log.ListAsync(new JobQuery { Owner = "ann" }, default)).Items);
    }

    private readonly LoggedJob _job = new(
        new Job { Id = JobId.New(), Kind = "k", Title = "T", Owner = "ann", CreatedAt = DateTimeOffset.UnixEpoch }, TimeProvider.System);

    private async Task<SqliteUnderTest> StartAsync(string change)
    {
        var sqlite = await new SqliteUnderTest().StartAsync();
        await sqlite.Log.CreateAsync(_job.New(), default);
        for (var i = 1; i <= 3; i++)
            await sqlite.Log.AppendAsync(_job.Append(new LogEvent(JobLogLevel.Info, $"line {i}")), default);
        await using var other = new SqliteConnection($"Data Source={sqlite.Dialect.Location};Pooling=false");
        await other.OpenAsync();
        await using var command = other.CreateCommand();
        command.CommandText = change;
        Assert.Equal(1, await command.ExecuteNonQueryAsync());
        return sqlite;
    }
}
