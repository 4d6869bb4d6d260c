using System.Text;
using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis;
using ProgressHub.Workloads.Analysis.Samples;
using ProgressHub.Workloads.Analysis.Sessions;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>Sessions belong to their owner, outlive the server, and share tables of the same content.</summary>
public sealed class SessionTests
{
    private const string Csv = "city,n\nOslo,1\nRome,2\n";

    [Fact]
    public async Task A_restart_keeps_sessions_choices_tables_and_remembered_answers()
    {
        await using var engine = await EngineHost.StartAsync();
        var session = await FileSessionAsync(engine, EngineHost.Owner);
        await engine.Get<AnalysisSessions>().ChooseAsync(session.Id, "price", "n", CancellationToken.None);
        await AskAsync(engine, session.Id, "total n by city");

        await engine.StopAsync();
        await engine.StartAsync();

        var kept = await engine.Get<AnalysisSessions>().FindAsync(EngineHost.Owner, session.Id, CancellationToken.None);
        Assert.Equal("n", kept!.Choices["price"]);
        Assert.Equal(2, kept.Data!.Rows);
        Assert.True((await AskAsync(engine, session.Id, "total n by city")).GetProperty("cached").GetBoolean());
        Assert.False((await AskAsync(engine, session.Id, "average n by city")).GetProperty("cached").GetBoolean());
    }

    [Fact]
    public async Task A_crash_before_the_first_question_loses_no_session()
    {
        await using var engine = await EngineHost.StartAsync();
        var session = await FileSessionAsync(engine, EngineHost.Owner);

        await engine.CrashAsync();

        Assert.Equal(3, (await AskAsync(engine, session.Id, "total n")).GetProperty("rows")[0][0].GetInt32());
    }

    [Fact]
    public async Task What_is_somebody_elses_does_not_exist()
    {
        await using var engine = await EngineHost.StartAsync();
        var sessions = engine.Get<AnalysisSessions>();
        var session = await FileSessionAsync(engine, EngineHost.Owner);
        await AskAsync(engine, session.Id, "total n");

        Assert.Null(await sessions.FindAsync("bob", session.Id, CancellationToken.None));
        Assert.Empty(await sessions.ListAsync("bob", CancellationToken.None));
        Assert.False(await sessions.DeleteAsync("bob", session.Id, CancellationToken.None));
        var refused = await Assert.ThrowsAsync<WorkloadException>(() => engine.SubmitAsync("analysis", Input(session.Id, "total n"), "bob"));
        Assert.Equal("session_not_found", refused.Code);

        // The same content, of his own: his question is not answered from ours.
        var his = await FileSessionAsync(engine, "bob");
        var job = await engine.SubmitAsync("analysis", Input(his.Id, "total n"), "bob");
        await engine.EndAsync(job.JobId, "bob");
        var answer = JsonDocument.Parse((await engine.Jobs.ReadResultAsync(job.JobId, "bob", false, CancellationToken.None))!.Body).RootElement;
        Assert.False(answer.GetProperty("cached").GetBoolean());
        Assert.Empty(answer.GetProperty("similar").EnumerateArray());
        Assert.Equal(session.DataId, his.DataId);
    }

    [Fact]
    public async Task Tables_that_nobody_uses_go_and_say_so()
    {
        await using var engine = await EngineHost.StartAsync(
            _ => { }, services => Microsoft.Extensions.DependencyInjection.OptionsServiceCollectionExtensions.Configure<AnalysisOptions>(services, o => o.MaxTotalBytes = 1));
        var session = await FileSessionAsync(engine, EngineHost.Owner);
        await engine.Get<TableStore>().SweepAsync(CancellationToken.None);

        var events = await engine.EndAsync((await engine.SubmitAsync("analysis", Input(session.Id, "total n"))).JobId);

        var done = Assert.IsType<DoneEvent>(events[^1]);
        Assert.True(done.Error?.Code == "data_gone", $"{done} {string.Join('|', events.OfType<LogEvent>().Select(e => e.Message))}");
        Assert.Empty(Directory.GetFiles(Path.Combine(engine.Folder, "analysis", "sources")));
    }

    [Fact]
    public async Task A_table_that_an_earlier_version_kept_in_SQLite_is_asked_as_before()
    {
        await using var engine = await EngineHost.StartAsync();
        var session = await FileSessionAsync(engine, EngineHost.Owner);
        await AskAsync(engine, session.Id, "total n");
        await engine.StopAsync();
        MakeEarlier(Path.Combine(engine.Folder, "analysis"), session.DataId);

        await engine.StartAsync();

        var answer = await AskAsync(engine, session.Id, "average n");
        Assert.Equal(4.5, answer.GetProperty("rows")[0][0].GetDouble());
        Assert.Equal("007", (await AskAsync(engine, session.Id, null)).GetProperty("rows")[0][1].GetString());
        Assert.False(File.Exists(Path.Combine(engine.Folder, "analysis", "tables", $"{session.DataId}.db")));
    }

    [Fact]
    public async Task A_table_whose_database_is_lost_is_read_again_from_its_file()
    {
        await using var engine = await EngineHost.StartAsync();
        var session = await FileSessionAsync(engine, EngineHost.Owner);
        await AskAsync(engine, session.Id, "total n");

        File.Delete(Path.Combine(engine.Folder, "analysis", "tables", $"{session.DataId}.duckdb"));

        Assert.Equal(1.5, (await AskAsync(engine, session.Id, "average n")).GetProperty("rows")[0][0].GetDouble());
    }

    [Fact]
    public async Task The_same_file_read_in_two_ways_is_two_tables()
    {
        await using var engine = await EngineHost.StartAsync();
        var sessions = engine.Get<AnalysisSessions>();
        var found = await FileSessionAsync(engine, EngineHost.Owner);
        var wanted = await sessions.CreateAsync(
            EngineHost.Owner, null, new MemoryStream(Encoding.UTF8.GetBytes(Csv)), "cities.csv", new TableReading { HeaderRows = 0 }, CancellationToken.None);

        await AskAsync(engine, found.Id, "How many rows?");
        await AskAsync(engine, wanted.Id, "How many rows?");
        await engine.StopAsync();
        await engine.StartAsync();

        sessions = engine.Get<AnalysisSessions>();
        Assert.Equal(2, (await sessions.FindAsync(EngineHost.Owner, found.Id, CancellationToken.None))!.Data!.Rows);
        var kept = await sessions.FindAsync(EngineHost.Owner, wanted.Id, CancellationToken.None);
        Assert.Equal((3, 0), ((int)kept!.Data!.Rows, kept.Reading!.HeaderRows));
    }

    [Fact]
    public async Task A_disk_that_takes_no_table_is_said_and_may_pass()
    {
        await using var engine = await EngineHost.StartAsync();
        var folder = Directory.CreateDirectory(Path.Combine(engine.Folder, "analysis"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "sources"), "A file where a folder is to be.");

        var failure = await Assert.ThrowsAsync<WorkloadException>(() => FileSessionAsync(engine, EngineHost.Owner));

        Assert.Equal(("storage_unavailable", true), (failure.Code, failure.IsTransient));
    }

    [Fact]
    public async Task A_file_that_is_read_at_once_has_its_columns_before_any_question()
    {
        await using var engine = await EngineHost.StartAsync();
        List<double> shares = [];

        var session = await ReadSessionAsync(engine, Csv, shares);

        Assert.Equal((2, 2), ((int)session.Data!.Rows, session.Data.Columns.Count));
        Assert.NotEmpty(session.Suggestions);
        Assert.Equal(1, shares[^1]);
        Assert.Equal(3, (await AskAsync(engine, session.Id, "total n")).GetProperty("rows")[0][0].GetInt32());
    }

    [Theory]
    [InlineData("a\0b\n1\0", "not_a_table")]
    [InlineData("city,n\n", "empty_table")]
    [InlineData("", "empty_table")]
    public async Task What_is_no_table_is_refused_and_nothing_of_it_is_kept(string content, string code)
    {
        await using var engine = await EngineHost.StartAsync();

        var refused = await Assert.ThrowsAsync<WorkloadException>(() => ReadSessionAsync(engine, content, []));

        Assert.Equal(code, refused.Code);
        Assert.Empty(await engine.Get<AnalysisSessions>().ListAsync(EngineHost.Owner, CancellationToken.None));
        Assert.Empty(Directory.GetFiles(Path.Combine(engine.Folder, "analysis", "sources")));
    }

    [Fact]
    public async Task A_bad_file_that_a_session_names_stays_and_says_why()
    {
        await using var engine = await EngineHost.StartAsync();
        const string bad = "city,n\n";
        var session = await engine.Get<AnalysisSessions>().CreateAsync(
            EngineHost.Owner, null, new MemoryStream(Encoding.UTF8.GetBytes(bad)), "bad.csv", CancellationToken.None);

        await Assert.ThrowsAsync<WorkloadException>(() => ReadSessionAsync(engine, bad, []));

        var events = await engine.EndAsync((await engine.SubmitAsync("analysis", Input(session.Id, "total n"))).JobId);
        Assert.Equal("empty_table", Assert.IsType<DoneEvent>(events[^1]).Error?.Code);
    }

    [Fact]
    public async Task The_database_closes_once_whoever_uses_it_is_done_and_is_closed_then()
    {
        var folder = Directory.CreateTempSubdirectory("progresshub-sessions-");
        var database = new AnalysisDatabase(folder.FullName);
        var (begun, goOn) = (Signal(), Signal());
        var counting = Task.Run(() => database.RunAsync(
            c =>
            {
                begun.SetResult();
                goOn.Task.Wait(Patience.Limit);
                return c.ExecuteScalar<long>("SELECT count(*) FROM sessions", new { });
            },
            CancellationToken.None));
        await begun.Task.Soon();

        var closing = Task.Run(database.Dispose);
        goOn.SetResult();

        Assert.Equal(0, await counting.Soon());
        await closing.Soon();
        await Assert.ThrowsAsync<StorageClosedException>(() => database.RunAsync(_ => 0, CancellationToken.None));
        folder.Delete(recursive: true);

        static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [Fact]
    public async Task Sessions_are_bounded()
    {
        await using var engine = await EngineHost.StartAsync(
            _ => { }, services => Microsoft.Extensions.DependencyInjection.OptionsServiceCollectionExtensions.Configure<AnalysisOptions>(services, o => o.MaxSessions = 1));
        var sample = AnalysisSamples.All[0].Id;
        await engine.Get<AnalysisSessions>().CreateAsync(EngineHost.Owner, null, sample, CancellationToken.None);

        var refused = await Assert.ThrowsAsync<WorkloadException>(
            () => engine.Get<AnalysisSessions>().CreateAsync(EngineHost.Owner, null, sample, CancellationToken.None));

        Assert.Equal("too_many_sessions", refused.Code);
    }

    private static Task<AnalysisSession> FileSessionAsync(EngineHost engine, string owner) => engine.Get<AnalysisSessions>().CreateAsync(
        owner, null, new MemoryStream(Encoding.UTF8.GetBytes(Csv)), "cities.csv", CancellationToken.None);

    private static Task<AnalysisSession> ReadSessionAsync(EngineHost engine, string content, List<double> shares) =>
        engine.Get<AnalysisSessions>().CreateReadAsync(
            EngineHost.Owner, null, new MemoryStream(Encoding.UTF8.GetBytes(content)), "cities.csv", (share, _) => shares.Add(share), null, CancellationToken.None);

    // As the version before DuckDB left it: the rows in SQLite, the file gone.
    private static void MakeEarlier(string folder, string id)
    {
        File.Delete(Path.Combine(folder, "tables", $"{id}.duckdb"));
        File.Delete(Path.Combine(folder, "sources", $"{id}.csv"));
        Run(
            Path.Combine(folder, "tables", $"{id}.db"),
            "CREATE TABLE data (city TEXT, code TEXT, n INTEGER); INSERT INTO data VALUES ('Oslo', '007', 4), ('Rome, the city', '012', 5), (NULL, '013', NULL)");
        Run(
            Path.Combine(folder, "analysis.db"),
            """
            DELETE FROM sources;
            UPDATE tables SET profile = '{"id":"x","name":"cities.csv","rows":3,"bytes":9,"columns":[{"name":"city","type":"text","empty":1,"values":["Oslo"]},{"name":"code","type":"text","empty":0,"values":[]},{"name":"n","type":"integer","empty":1,"min":"4","max":"5","values":[]}],"warnings":[]}'
            """);
    }

    private static void Run(string database, string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Input(string session, string? question) => question is null
        ? JsonSerializer.Serialize(new { session, mode = "execute", sql = "SELECT * FROM data ORDER BY code" }) : JsonSerializer.Serialize(new { session, question });

    private static async Task<JsonElement> AskAsync(EngineHost engine, string session, string? question)
    {
        var job = await engine.SubmitAsync("analysis", Input(session, question));
        var done = Assert.IsType<DoneEvent>((await engine.EndAsync(job.JobId))[^1]);
        Assert.True(done.State == JobState.Succeeded, done.Error?.Message);
        return JsonDocument.Parse((await engine.Jobs.ReadResultAsync(job.JobId, EngineHost.Owner, false, CancellationToken.None))!.Body).RootElement;
    }
}
