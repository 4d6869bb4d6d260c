using Microsoft.Data.Sqlite;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Storage;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Storage.Sqlite;

/// <summary>A job whose stored state is damaged never keeps the server from starting.</summary>
public sealed class SnapshotRepairTests : IAsyncLifetime
{
    private const string TurnState = "UPDATE jobs SET snapshot = CAST(replace(CAST(snapshot AS TEXT), 'Letter', 'Lettor') AS BLOB)";
    private const string TurnEvent = "UPDATE events SET body = CAST(replace(CAST(body AS TEXT), 'line 2', 'line 3') AS BLOB) WHERE seq = 4";
    private readonly string _directory = Directory.CreateTempSubdirectory("progresshub-repair-").FullName;
    private readonly LoggedJob _job = new(
        new Job { Id = JobId.New(), Kind = "k", Title = "Letter", Owner = "ann", CreatedAt = DateTimeOffset.UnixEpoch }, TimeProvider.System);

    public async Task InitializeAsync()
    {
        await using var sqlite = await StartAsync();
        await sqlite.Log.CreateAsync(_job.New(), default);
        for (var i = 1; i <= 3; i++)
            await sqlite.Log.AppendAsync(_job.Append(new LogEvent(JobLogLevel.Info, $"line {i}"), new ProgressEvent { Fraction = i / 4.0 }), default);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(TurnState)]
    [InlineData("UPDATE jobs SET snapshot = substr(snapshot, 1, 40)")]
    [InlineData("UPDATE jobs SET snapshot = substr(snapshot, 1, 40), snapshot_sum = NULL")]
    [InlineData("UPDATE jobs SET snapshot = 7")]
    [InlineData("UPDATE jobs SET last_seq = 3")]
    public async Task A_state_is_made_anew_from_its_events(string damage)
    {
        await DamageAsync(damage);

        await using var sqlite = await StartAsync();

        var found = (await sqlite.Log.FindSnapshotAsync(_job.Id, default))!.Snapshot;
        Assert.Equal(EventJson.Serialize(_job.Snapshot), EventJson.Serialize(found));
        Assert.Equal(AppendOutcome.Committed, await sqlite.Log.AppendAsync(_job.Append(new LogEvent(JobLogLevel.Info, "on")), default));
    }

    [Theory]
    [InlineData($"{TurnState}; {TurnEvent}")]
    [InlineData($"{TurnState}; DELETE FROM events WHERE seq = 7")]
    [InlineData($"{TurnState}; DELETE FROM events")]
    public async Task Where_its_events_are_damaged_too_the_job_ends_and_says_why(string damage)
    {
        await DamageAsync(damage);

        await using (var sqlite = await StartAsync())
        {
            var found = (await sqlite.Log.FindSnapshotAsync(_job.Id, default))!.Snapshot;
            Assert.Equal((JobState.Failed, "data_damaged", "Letter"), (found.State, found.Error!.Code, found.Title));
            Assert.Equal(JobState.Failed, (await sqlite.Store.FindAsync(_job.Id, default))!.State);
            var last = await sqlite.Log.ReadAsync(_job.Id, 7, int.MaxValue, default);
            Assert.Equal([EventTypes.Log, EventTypes.Done], last.Select(frame => frame.Type));
            Assert.Equal(found.Seq, last[^1].Seq);
            Assert.Equal(_job.Id, Assert.Single((await sqlite.Log.ListEndedAsync("ann", 0, 10, default)).Jobs).Snapshot.JobId);
            Assert.Empty(await sqlite.Store.ListQueuedAsync(10, default));
        }

        // It ended once.
        await using var again = await StartAsync();
        Assert.Equal(2, (await again.Log.ReadAsync(_job.Id, 7, int.MaxValue, default)).Count);
    }

    [Fact]
    public async Task A_loss_that_is_accepted_finds_states_that_are_damaged_besides()
    {
        await DamageAsync(TurnState);
        await using var sqlite = new SqliteUnderTest(directory: _directory);
        using var session = new SqlSession(sqlite.Dialect.OpenWriter(), sqlite.Dialect);
        session.Begin();

        var damaged = Assert.Single(SnapshotRepair.Find(session));
        Assert.True(new SnapshotRepair(DateTimeOffset.UnixEpoch).Mend(session, damaged));

        Assert.Equal(1, new LostEvents(1000, DateTimeOffset.UnixEpoch).Mark(session));
    }

    private async Task DamageAsync(string statements)
    {
        await using var other = new SqliteConnection($"Data Source={Path.Combine(_directory, "progresshub.db")};Pooling=false");
        await other.OpenAsync();
        await using var command = other.CreateCommand();
        command.CommandText = statements;
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
    }

    private async Task<SqliteUnderTest> StartAsync()
    {
        var sqlite = new SqliteUnderTest(directory: _directory);
        return await sqlite.StartAsync();
    }
}
