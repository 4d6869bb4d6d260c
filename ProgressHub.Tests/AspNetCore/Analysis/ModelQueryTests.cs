using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Analysis;

/// <summary>What a model writes is a proposal: it is checked like a stranger's, and shown.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit disposes them.")]
public sealed class ModelQueryTests : IAsyncLifetime
{
    private const string Understood = "How many rows are there?";
    private const string NotByRules = "Please do something remarkable";
    private SqlModel _model = null!;
    private Server _server = null!;

    public async Task InitializeAsync()
    {
        _model = await SqlModel.StartAsync();
        _server = new Server(_model.Endpoint);
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _model.DisposeAsync();
    }

    [Fact]
    public async Task Its_query_is_run_and_shown()
    {
        _model.Writes("SELECT symbol, max(high) AS peak FROM data GROUP BY symbol ORDER BY peak DESC LIMIT 3");

        var answer = await AskAsync(NotByRules);

        Assert.Equal("openai", answer.Text("engine"));
        Assert.Equal(3, answer.GetProperty("rows").GetArrayLength());
        Assert.Equal("bar", answer.GetProperty("chart").Text("type"));
        Assert.Contains("peak", answer.Text("sql"), StringComparison.Ordinal);
        Assert.Contains("\"symbol\" text: one of AURA", _model.Instructions.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DROP TABLE data"), InlineData("ATTACH DATABASE 'x' AS x"), InlineData("PRAGMA user_version"), InlineData("SELECT load_extension('x')")]
    [InlineData("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"), InlineData("SELECT 1; SELECT 2"), InlineData("``` nothing")]
    public async Task A_refused_query_is_told_why_twice_and_then_rules_plan(string query)
    {
        _model.Writes(query, query, query);

        var answer = await AskAsync(Understood);

        Assert.Equal("rules", answer.Text("engine"));
        Assert.Equal(4000, answer.GetProperty("rows")[0][0].GetInt32());
        Assert.Equal(3, _model.Instructions.Count);
        Assert.DoesNotContain("could not be used", _model.Instructions.First(), StringComparison.Ordinal);
        Assert.Contains("could not be used", _model.Instructions.Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_try_that_keeps_the_rules_counts()
    {
        _model.Writes("DELETE FROM data", "```sql\nSELECT count(*) AS n FROM data\n```");

        var answer = await AskAsync(NotByRules);

        Assert.Equal(("openai", 4000), (answer.Text("engine")!, answer.GetProperty("rows")[0][0].GetInt32()));
    }

    [Fact]
    public async Task A_query_that_leaves_out_what_the_question_names_is_not_taken()
    {
        _model.Writes(
            "SELECT avg(close) AS mean FROM data", "SELECT avg(close) AS mean FROM data WHERE symbol = 'HALO'",
            "SELECT avg(close) AS mean FROM data WHERE symbol = 'HALO' AND volume > 1000");

        var answer = await AskAsync("Kindly ponder the close of HALO with volume over 1000");

        Assert.Contains("HALO", _model.Instructions.ElementAt(1), StringComparison.Ordinal);
        Assert.Contains("volume", _model.Instructions.Last(), StringComparison.Ordinal);
        Assert.Equal("openai", answer.Text("engine"));
        Assert.Contains("1000", answer.Text("sql"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_neither_model_nor_rules_have_a_plan_the_job_says_why()
    {
        _model.Writes("DROP TABLE data", "SELECT 1; SELECT 2", "PRAGMA user_version");

        var end = await EndAsync(NotByRules);

        Assert.Equal(("failed", "unsafe_query"), (end.Text("state"), end.GetProperty("error").Text("code")));
        Assert.Contains("PRAGMA", end.GetProperty("error").Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_without_an_end_is_stopped()
    {
        _model.Writes("SELECT count(*) FROM data a, data b, data c, data d WHERE a.close + b.close = c.close + d.close");

        var end = await EndAsync(NotByRules);

        Assert.Equal(("failed", "query_timeout"), (end.Text("state"), end.GetProperty("error").Text("code")));
    }

    private async Task<System.Text.Json.JsonElement> EndAsync(string question) =>
        await _server.Client.EndAsync(await _server.AskAsync(new { sample = "prices", question, engine = "openai", apiKey = "k" }));

    private Task<System.Text.Json.JsonElement> AskAsync(string question) =>
        _server.AnswerAsync(new { sample = "prices", question, engine = "openai", apiKey = "k" });

    private sealed class Server(string endpoint) : AnalysisServer
    {
        // Asked for before the constructor has run.
        private readonly string _endpoint = endpoint;

        protected override Dictionary<string, string?> Settings => new(base.Settings)
        {
            ["Inference:OpenAI:Endpoint"] = _endpoint, ["Inference:OpenAI:ChatModel"] = "m1", ["Analysis:QueryTimeout"] = "00:00:01",
        };
    }
}
