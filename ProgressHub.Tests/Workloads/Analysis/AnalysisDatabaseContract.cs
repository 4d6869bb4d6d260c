using System.Text.Json;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis;
using ProgressHub.Workloads.Analysis.Charts;
using ProgressHub.Workloads.Analysis.Results;
using ProgressHub.Workloads.Analysis.Sessions;
using ProgressHub.Workloads.Analysis.Tables;
using Asked = ProgressHub.Workloads.Analysis.Sessions.AskedQuestion;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>What every database of sessions does.</summary>
public abstract class AnalysisDatabaseContract : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("progresshub-sessions-").FullName;
    private AnalysisDatabase _database = null!;
    private SessionBench _bench = null!;

    public Task InitializeAsync()
    {
        _database = Open(_folder);
        _bench = Bench(_database, _folder);
        return Task.CompletedTask;
    }

    private static SessionBench Bench(AnalysisDatabase database, string folder) => new(database, folder, new AnalysisOptions { MaxSessions = 2 });

    public async Task DisposeAsync()
    {
        _bench.Dispose();
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_session_is_its_owners_alone_and_keeps_what_is_said_of_it()
    {
        var made = await CreateAsync("Orders");
        await _bench.Sessions.ChooseAsync(made.Id, "quote", "list", default);
        await _bench.Sessions.TouchAsync(made.Id, default);
        Assert.True(await _bench.Sessions.RenameAsync("ann", made.Id, "Sales", default));
        Assert.False(await _bench.Sessions.RenameAsync("bob", made.Id, "Mine", default));
        await _bench.Sessions.ClearAsync("ann", made.Id, new ClearedLog("j", 3, DateTimeOffset.UnixEpoch), default);

        var seen = (await _bench.Sessions.FindAsync("ann", made.Id, default))!;
        Assert.Equal(("Sales", "list", 3L), (seen.Name, seen.Choices["quote"], seen.Cleared!.Seq));
        Assert.True(seen.UsedAt > seen.CreatedAt);
        Assert.Null(await _bench.Sessions.FindAsync("bob", made.Id, default));
        Assert.Empty(await _bench.Sessions.ListAsync("bob", default));
        Assert.True(await _bench.Sessions.DeleteAsync("ann", made.Id, default));
        Assert.False(await _bench.Sessions.DeleteAsync("ann", made.Id, default));
    }

    [Fact]
    public async Task There_are_only_so_many_and_one_that_a_client_chose_takes_the_place_of_the_oldest_such()
    {
        var chosen = new ChosenSessions(_bench.Sessions, _bench.Tables);
        var first = await chosen.OpenAsync("ann", "one", "prices", default);
        Assert.Equal(first.Id, (await chosen.OpenAsync("ann", "one", "prices", default)).Id);
        await CreateAsync("Orders");
        await Assert.ThrowsAsync<WorkloadException>(() => CreateAsync("More"));

        await chosen.OpenAsync("ann", "two", "prices", default);

        Assert.Equal(["Orders", "two"], (await _bench.Sessions.ListAsync("ann", default)).Select(s => s.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Tables_readings_and_copies_are_known_and_take_the_place_of_those_before()
    {
        var rows = new TableRows(_database, TimeProvider.System);
        await rows.KeepReadingAsync("r", new TableReading { HeaderRows = 1 }, default);
        await rows.KeepReadingAsync("r", new TableReading { HeaderRows = 2 }, default);
        var session = await CreateAsync("Orders");
        await rows.TouchAsync(session.DataId, default);

        Assert.Equal(2, (await rows.FindReadingAsync("r", default))!.HeaderRows);
        Assert.Null(await rows.FindReadingAsync("s", default));
        Assert.Equal(1, await rows.CountSessionsAsync(session.DataId, default));
        Assert.Equal(4, await rows.CountBytesAsync("ann", default));
        Assert.Equal((4L, true), (await rows.ListAsync(default)).Select(row => (row.Bytes, row.IsSource)).Single());
        await rows.RemoveTableAsync(session.DataId, default);
        await rows.RemoveSourceAsync(session.DataId, default);
        Assert.Empty(await rows.ListAsync(default));
    }

    [Fact]
    public async Task An_answer_is_found_again_by_its_question_and_what_is_like_it()
    {
        var memory = new AnswerMemory(_database, Options.Create(new AnalysisOptions { MaxCachedAnswers = 2 }), TimeProvider.System);
        foreach (var job in (string[])["j1", "j2", "j3", "j3"])
            await memory.KeepAsync(About(job, "How many orders?"), new Dictionary<string, string>(), Answer(), default);

        Assert.NotNull(await memory.FindAsync(About("j4", "how many orders"), new Dictionary<string, string>(), default));
        Assert.Null(await memory.FindAsync(About("j4", "how many orders") with { Owner = "bob" }, new Dictionary<string, string>(), default));
        Assert.NotEmpty(await memory.FindSimilarAsync(About("j4", "How many orders now?"), default));
        Assert.Equal(2, await _database.ReadAsync(c => c.ExecuteScalar<long>("SELECT count(*) FROM answers", new { }), default));
    }

    private protected abstract AnalysisDatabase Open(string folder);

    private static Asked About(string job, string question) => new(job, "ann", "s", "data", "rules", question);

    private static AnalysisResult Answer() => new()
    {
        Question = "How many orders?", Text = "7", Columns = [], Rows = JsonElement.Parse("[]"), Engine = "rules",
        Chart = new ChartSpec(ChartType.Table, "", null, null, []), Data = new DataView("data", "a.csv", 1, []),
    };

    private async Task<AnalysisSession> CreateAsync(string name)
    {
        using var file = new MemoryStream("a\n1\n"u8.ToArray());
        return await _bench.Sessions.CreateAsync("ann", name, file, "a.csv", default);
    }
}
