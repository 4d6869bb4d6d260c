using System.Text.Json;
using Microsoft.Data.Sqlite;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis;
using ProgressHub.Workloads.Analysis.Sessions;
using ProgressHub.Workloads.AspNetCore.Dialects.SessionLog;

namespace ProgressHub.Tests.AspNetCore.Dialects.SessionLog;

/// <summary>Sessions that clients name: each for its owner alone, bounded, and kept by servers of before.</summary>
public sealed class SessionOwnersTests
{
    [Fact]
    public async Task The_same_id_chosen_by_somebody_else_is_another_session()
    {
        await using var engine = await EngineHost.StartAsync();
        var (sessions, chosen) = (engine.Get<AnalysisSessions>(), engine.Get<ChosenSessions>());
        var history = new SessionHistory(engine.Jobs, sessions, chosen);
        var session = await chosen.OpenAsync(EngineHost.Owner, "chat", "prices", CancellationToken.None);
        var job = (await engine.SubmitAsync("analysis", Input(session.Id), EngineHost.Owner)).JobId;

        var own = await history.FindAsync(EngineHost.Owner, "chat", CancellationToken.None);
        var others = await history.FindAsync("bob", "chat", CancellationToken.None);
        var byId = await history.FindAsync("bob", session.Id, CancellationToken.None);

        Assert.Equal([job], (await history.ListAsync(own, 10, CancellationToken.None)).Select(j => j.JobId));
        Assert.NotNull(await history.FindJobAsync(own, job, CancellationToken.None));
        foreach (var foreign in (SessionScope[])[others, byId])
        {
            Assert.Null(foreign.Session);
            Assert.NotEqual(own.Tag, foreign.Tag);
            Assert.Empty(await history.ListAsync(foreign, 10, CancellationToken.None));
            Assert.Null(await history.FindJobAsync(foreign, job, CancellationToken.None));
        }

        Assert.Equal(session.Id, (await history.FindAsync(EngineHost.Owner, session.Id, CancellationToken.None)).Session!.Id);
    }

    [Fact]
    public async Task A_page_that_chooses_a_new_id_at_each_visit_is_not_refused_in_the_end()
    {
        using var scene = new Scene(most: 2);
        var native = await scene.Sessions.CreateAsync("ann", "mine", "prices", CancellationToken.None);
        foreach (var name in (string[])["one", "two", "two", "three"])
            await scene.Chosen.OpenAsync("ann", name, "prices", CancellationToken.None);

        Assert.Equal(["mine", "three"], (await scene.Sessions.ListAsync("ann", CancellationToken.None)).Select(s => s.Name).Order());
        Assert.NotNull(await scene.Sessions.FindAsync("ann", native.Id, CancellationToken.None));
    }

    [Fact]
    public async Task Sessions_of_before_are_kept_and_can_be_cleared()
    {
        using var scene = new Scene(most: 10);
        using (var before = new SqliteConnection($"Data Source={Path.Combine(scene.Folder, "analysis.db")};Pooling=False"))
        {
            before.Open();
            using var command = before.CreateCommand();
            command.CommandText = EarlierAnalysisSchema.First + EarlierAnalysisSchema.Session;
            command.ExecuteNonQuery();
        }

        await scene.Chosen.ClearAsync("ann", "old", new ClearedLog("job", 7, DateTimeOffset.UnixEpoch), CancellationToken.None);
        var old = await scene.Sessions.FindAsync("ann", "old", CancellationToken.None);

        Assert.Equal(new ClearedLog("job", 7, DateTimeOffset.UnixEpoch), old!.Cleared);
        Assert.Null(old.Chosen);
        await scene.Chosen.ClearAsync("bob", "old", new ClearedLog("other", 9, DateTimeOffset.UnixEpoch), CancellationToken.None);
        Assert.Equal(7, (await scene.Sessions.FindAsync("ann", "old", CancellationToken.None))!.Cleared!.Seq);
    }

    [Theory]
    [InlineData("chat-1", true), InlineData("会话✓", true), InlineData("a.b", true), InlineData("", false), InlineData("a b", false)]
    [InlineData("a/b", false), InlineData("a\nb", false), InlineData(".", false), InlineData("..", false)]
    public void An_id_is_visible_and_can_stand_in_an_address(string id, bool valid)
    {
        Assert.Equal(valid, ChosenSessions.IsValid(id));
        Assert.False(ChosenSessions.IsValid(id.PadRight(65, 'x')));
    }

    private static string Input(string session) => JsonSerializer.Serialize(new { session, question = "How many rows?" });

    private sealed class Scene : IDisposable
    {
        private readonly AnalysisDatabase _database;
        private readonly SessionBench _bench;

        public Scene(int most)
        {
            _database = new AnalysisDatabase(Folder);
            _bench = new SessionBench(_database, Folder, new AnalysisOptions { MaxSessions = most });
            Chosen = new ChosenSessions(_bench.Sessions, _bench.Tables);
        }

        public string Folder { get; } = Directory.CreateTempSubdirectory("progresshub-sessions-").FullName;

        public AnalysisSessions Sessions => _bench.Sessions;

        public ChosenSessions Chosen { get; }

        public void Dispose()
        {
            _bench.Dispose();
            _database.Dispose();
            Directory.Delete(Folder, recursive: true);
        }
    }
}
