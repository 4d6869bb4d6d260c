using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads.Analysis;
using ProgressHub.Core.Workloads.Analysis.Sessions;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Dialects.SessionLog;

namespace ProgressHub.Tests.Web.Dialects.SessionLog;

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
            command.CommandText = Repository.Read("ProgressHub.Core/Workloads/Analysis/Sessions/schema.sql") +
                "INSERT INTO sessions (id, owner, name, data_id, data_name, created_at, used_at) VALUES ('old', 'ann', 'Old', 'd', 'd.csv', 1, 2)";
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

        public Scene(int most)
        {
            var options = Options.Create(new AnalysisOptions { MaxSessions = most });
            _database = new AnalysisDatabase(Folder);
            var tables = new TableStore(_database, Folder, options, TimeProvider.System);
            Sessions = new AnalysisSessions(_database, tables, options, TimeProvider.System);
            Chosen = new ChosenSessions(Sessions, tables);
        }

        public string Folder { get; } = Directory.CreateTempSubdirectory("progresshub-sessions-").FullName;

        public AnalysisSessions Sessions { get; }

        public ChosenSessions Chosen { get; }

        public void Dispose()
        {
            _database.Dispose();
            Directory.Delete(Folder, recursive: true);
        }
    }
}
