using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>A planner that looks things up before it writes its query, in both protocols.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit disposes them.")]
public sealed class PlannerLookupTests : IAsyncLifetime
{
    private const string Question = "Kindly ponder the close of HALO";
    private const string Answer = """{"sql":"SELECT avg(close) AS mean FROM data WHERE symbol = 'HALO'","explanation":"The mean."}""";
    private ToolModel _model = null!;
    private Server _server = null!;

    public async Task InitializeAsync()
    {
        _model = await ToolModel.StartAsync();
        _server = new Server(_model.Settings());
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Theory]
    [InlineData("openai"), InlineData("anthropic")]
    public async Task Each_lookup_is_told_and_answered_from_the_table(string engine)
    {
        _model.Plays(
            ModelTurn.Calling("describe", new { column = "symbol" }, "{ I wonder }"),
            ModelTurn.Calling("sample", new { rows = 2 }),
            ModelTurn.Calling("run", new { sql = "SELECT count(*) AS n FROM data WHERE symbol = 'HALO'" }),
            ModelTurn.Calling("run", new { sql = "DROP TABLE data" }),
            ModelTurn.Says(Answer));

        var id = await _server.AskAsync(new { sample = "prices", question = Question, engine, apiKey = "k" });
        var end = await _server.Client.EndAsync(id);
        var answer = await _server.Client.JsonAsync($"/api/jobs/{id}/result");

        Assert.Equal("succeeded", end.Text("state"));
        Assert.Equal(engine, answer.Text("engine"));
        Assert.Contains("HALO", answer.Text("sql"), StringComparison.Ordinal);
        var log = await _server.LinesAsync(id);
        Assert.Equal(
            ["describe symbol", "sample 2", "run SELECT count(*) AS n FROM data WHERE symbol = 'HALO'", "run DROP TABLE data"],
            log.Select(line => line.Text("message")).Where(m => m?.StartsWith("The model looks", StringComparison.Ordinal) == true).Select(m => m!.Split("): ")[1]));
        var told = _model.Requests.Last().ToJsonString();
        Assert.Contains("HALO", told, StringComparison.Ordinal);
        Assert.Contains("Refused", told, StringComparison.Ordinal);
        Assert.Contains("Columns: n. 1 rows", told, StringComparison.Ordinal);
        var usage = end.GetProperty("usage");
        Assert.Equal((5, 500, 100), (usage.GetProperty("calls").GetInt32(), usage.GetProperty("inputTokens").GetInt32(), usage.GetProperty("outputTokens").GetInt32()));
    }

    [Theory]
    [InlineData("openai"), InlineData("anthropic")]
    public async Task A_query_that_leaves_out_what_is_named_comes_back_to_it_with_the_reason(string engine)
    {
        _model.Plays(ModelTurn.Says("""{"sql":"SELECT avg(close) AS mean FROM data"}"""), ModelTurn.Says(Answer));

        var answer = await _server.AnswerAsync(new { sample = "prices", question = Question, engine, apiKey = "k" });

        Assert.Equal(engine, answer.Text("engine"));
        Assert.Contains("leaves out what the question names: HALO. It was: SELECT avg(close) AS mean FROM data", System.Text.RegularExpressions.Regex.Unescape(_model.Requests.Last().ToJsonString()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_budget_ends_the_planning()
    {
        _model.Otherwise = ModelTurn.Calling("sample", new { rows = 1 }) with { Usage = (2000, 20) };

        var end = await _server.Client.EndAsync(await _server.AskAsync(
            new { sample = "prices", question = Question, engine = "openai", apiKey = "k", budgetTokens = 2500 }));

        Assert.Equal("budget_exceeded", end.GetProperty("error").Text("code"));
    }

    private sealed class Server((string, string)[] settings) : AnalysisServer
    {
        // Asked for before the constructor has run.
        private readonly (string Key, string Value)[] _settings = settings;

        protected override Dictionary<string, string?> Settings =>
            new(base.Settings.Concat(_settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))));
    }
}
