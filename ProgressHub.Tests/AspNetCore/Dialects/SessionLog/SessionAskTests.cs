using System.Net;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.SessionLog;

/// <summary><c>/analyze</c>, <c>/search</c> and <c>/execute</c>, and what they refuse.</summary>
public sealed class SessionAskTests(SessionLogServer server) : IClassFixture<SessionLogServer>
{
    [Fact]
    public async Task A_question_is_answered_in_the_same_request_with_what_the_native_result_has()
    {
        var session = SessionLogServer.NewSession();
        var answer = await server.AskAsync(session, "What stocks have highest volatility?");
        var native = await server.Client.JsonAsync(answer.Text("result_url")!);

        Assert.True(answer.GetProperty("success").GetBoolean());
        Assert.Equal(
            ("completed", session, "What stocks have highest volatility?", native.Text("text"), native.Text("sql"), native.Text("explanation"), "rules"),
            (answer.Text("status"), answer.Text("session_id"), answer.Text("question"), answer.Text("answer"), answer.Text("sql"), answer.Text("plan"), answer.Text("engine")));
        foreach (var same in (string[])["columns", "rows", "chart", "warnings", "similar"])
            Assert.Equal(native.GetProperty(same).ToString(), answer.GetProperty(same).ToString());
        Assert.Equal(8, answer.GetProperty("row_count").GetInt32());
        Assert.False(answer.GetProperty("truncated").GetBoolean());
        var sessions = (await server.Client.JsonAsync("/api/sessions")).GetProperty("sessions").EnumerateArray();
        Assert.Contains(sessions, s => s.Text("name") == session && s.Text("sample") == "prices");
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task An_unclear_question_asks_back_and_is_answered_at_the_same_address(bool named)
    {
        var session = SessionLogServer.NewSession();
        var asked = await server.AskAsync(session, "average price by sector");
        Assert.Equal("needs_confirmation", asked.Text("status"));
        Assert.Equal(["open", "high", "low", "close"], asked.GetProperty("options").EnumerateArray().Select(o => o.GetString()!));
        Assert.Contains("price", asked.Text("question"), StringComparison.Ordinal);

        Assert.Equal("invalid_answer", (await server.PostAsync("/analyze", new { session_id = session, answer = "x" }, 409)).Text("code"));
        Assert.Equal("wrong_request", (await server.PostAsync("/analyze", new { session_id = session, answer = "low", request_id = "x" }, 409)).Text("code"));
        var answer = await server.PostAsync(
            "/analyze", named ? new { session_id = session, answer = "low", request_id = asked.Text("request_id") } : (object)new { session_id = session, answer = "low" });

        Assert.Equal((asked.Text("job_id"), "completed"), (answer.Text("job_id"), answer.Text("status")));
        Assert.Equal("average low", answer.GetProperty("columns")[1].Text("name"));
        var events = await server.EventsAsync(session);
        Assert.Contains(events, e => e.Text("message")!.StartsWith("Waiting for user confirmation", StringComparison.Ordinal) && e.GetProperty("step").GetInt32() == 2);
        Assert.Contains(events, e => e.Text("message") == "Query expanded: 'price' means low");
        Assert.Equal("no_pending_input", (await server.PostAsync("/analyze", new { session_id = session, answer = "low" }, 409)).Text("code"));
    }

    [Fact]
    public async Task What_an_engine_lacks_is_said_with_the_names_the_client_knows()
    {
        var refusal = await server.PostAsync(
            "/analyze", new { session_id = SessionLogServer.NewSession(), question = "total volume", engine = "openai" }, 422);

        Assert.Equal("engine_unavailable", refusal.Text("code"));
        Assert.Contains("send api_key with", refusal.Text("error"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/analyze", 405, "method_not_allowed")]
    [InlineData("POST", "/api/progress/any", 405, "method_not_allowed")]
    [InlineData("POST", "/analyze", 415, "unsupported_media_type")]
    [InlineData("POST", "/execute", 415, "unsupported_media_type")]
    public async Task A_method_or_a_body_that_an_address_does_not_take_is_refused_in_the_same_shape(string method, string path, int status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (status == 415)
            request.Content = new StringContent("question=a", System.Text.Encoding.UTF8, "text/plain");
        using var response = await server.Client.SendAsync(request);
        var refusal = await WebServer.ReadAsync(response);

        Assert.Equal((status, code), ((int)response.StatusCode, refusal.Text("code")));
        Assert.False(refusal.GetProperty("success").GetBoolean());
    }

    [Fact]
    public async Task A_question_that_is_not_specific_enough_fails_with_what_would_be_understood()
    {
        var session = SessionLogServer.NewSession();
        var answer = await server.PostAsync("/analyze", new { question = "What is the meaning of life?", sessionId = session }, 422);

        Assert.False(answer.GetProperty("success").GetBoolean());
        Assert.Equal(("Query not specific enough", "query_not_specific"), (answer.Text("error"), answer.Text("code")));
        Assert.NotEmpty(answer.GetProperty("examples").EnumerateArray());
        Assert.Contains(await server.EventsAsync(session), e => e.Text("level") == "error" && e.Text("message") == "Query not specific enough");
    }

    [Fact]
    public async Task A_search_finds_earlier_questions_columns_and_values_and_tells_of_it_in_the_session()
    {
        var session = SessionLogServer.NewSession();
        await server.AskAsync(session, "Average volume by symbol");
        var found = await server.PostAsync("/search", new { query = "Average volume of Energy stocks", session_id = session });

        var rows = found.GetProperty("rows").EnumerateArray().Select(r => (r[0].GetString(), r[1].GetString(), r[2].GetString())).ToList();
        Assert.Contains(("question", "Average volume by symbol", null), rows);
        Assert.Contains(("column", "stock", "symbol"), rows);
        Assert.Contains(("value", "Energy", "sector"), rows);
        var told = (await server.EventsAsync(session)).Select(e => e.Text("message")!).ToList();
        Assert.StartsWith("Processing search: \"Average volume of Energy stocks\"", told[0], StringComparison.Ordinal);
        Assert.Contains("Query expanded: 'stock' means symbol, 'Energy' is a sector", told);
        Assert.Equal("Search results ready for display", told[^1]);
        Assert.Equal(["session", "reading", "context", "presenting"], await StagesAsync(found.Text("job_id")!));
    }

    [Fact]
    public async Task A_query_of_the_askers_own_is_run_with_progress_in_the_session()
    {
        var session = SessionLogServer.NewSession();
        var answer = await server.PostAsync("/execute", new { query = "SELECT count(*) AS n FROM data", session_id = session });

        Assert.Equal(4000, answer.GetProperty("rows")[0][0].GetInt32());
        Assert.Equal(("sql", "SELECT count(*) AS n FROM data"), (answer.Text("engine"), answer.Text("sql")));
        var events = await server.EventsAsync(session);
        Assert.All(events, e => Assert.Equal(3, e.GetProperty("totalSteps").GetInt32()));
        Assert.Equal("Query results ready for display", events[^1].Text("message"));
        Assert.Equal(["session", "reading", "executing", "presenting"], await StagesAsync(answer.Text("job_id")!));
    }

    [Theory]
    [InlineData("DROP TABLE data", "something else than reading"), InlineData("SELECT * FROM sqlite_master", "sqlite_master")]
    [InlineData("SELECT load_extension('x')", "load_extension"), InlineData("SELECT 1; SELECT 2", "more than one statement")]
    [InlineData("PRAGMA user_version", "PRAGMA"), InlineData("ATTACH 'x' AS y", "attaches"), InlineData("nonsense", "can't be compiled")]
    public async Task A_forbidden_query_fails_and_says_why(string sql, string why)
    {
        var failure = await server.PostAsync("/execute", new { sql, session_id = SessionLogServer.NewSession() }, 422);

        Assert.False(failure.GetProperty("success").GetBoolean());
        Assert.Equal(("unsafe_query", "failed"), (failure.Text("code"), failure.Text("status")));
        Assert.Contains(why, failure.Text("error"), StringComparison.Ordinal);
        Assert.Equal("failed", (await server.Client.JsonAsync($"/api/jobs/{failure.Text("job_id")}")).Text("state"));
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Who_does_not_want_to_wait_is_answered_at_once(bool byHeader)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, byHeader ? "/analyze" : "/analyze?async=true");
        request.Content = WebServer.Json(new { question = "How many rows?" });
        if (byHeader)
            request.Headers.Add("Prefer", "respond-async, wait=10");
        using var response = await server.Client.SendAsync(request);
        var accepted = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal((HttpStatusCode.Accepted, "accepted"), (response.StatusCode, accepted.Text("status")));
        Assert.Equal($"/api/progress/{accepted.Text("session_id")}", accepted.Text("progress_url"));
        Assert.Equal("succeeded", (await server.Client.EndAsync(accepted.Text("job_id")!)).Text("state"));
        Assert.NotEmpty(await server.EventsAsync(accepted.Text("session_id")!));
    }

    [Fact]
    public async Task A_session_over_a_file_of_ones_own_stays_over_it()
    {
        var (session, file) = (SessionLogServer.NewSession(), await server.UploadAsync("region,n\nWest,3\nEast,5\n"));
        var first = await server.PostAsync("/analyze", new { question = "total n by region", session_id = session, file });
        var again = await server.PostAsync("/analyze", new { question = "How many rows?", session_id = session, file });

        Assert.Equal("East", first.GetProperty("rows")[0][0].GetString());
        Assert.Equal(2, again.GetProperty("rows")[0][0].GetInt32());
        Assert.Equal("session_has_other_table", (await server.PostAsync("/analyze", new { question = "x", session_id = session, sample = "prices" }, 409)).Text("code"));
    }

    [Fact]
    public async Task The_same_key_makes_the_same_job_also_where_no_session_is_named()
    {
        async Task<string> AskAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/analyze") { Content = WebServer.Json(new { question = "How many rows?" }) };
            request.Headers.Add("Idempotency-Key", "the-same");
            using var response = await server.Client.SendAsync(request);
            return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.Text("job_id")!;
        }

        Assert.Equal(await AskAsync(), await AskAsync());
    }

    [Fact]
    public async Task A_webhook_hears_the_lines_of_the_log()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        var answer = await server.PostAsync("/analyze", new { question = "How many rows?", webhook = new { url = receiver.Url, events = (string[])["log", "done"] } });

        Assert.StartsWith("whsec_", answer.GetProperty("webhook").Text("secret"), StringComparison.Ordinal);
        await Patience.UntilAsync(
            async () => (await server.Client.JsonAsync($"/api/jobs/{answer.Text("job_id")}/webhook")).Text("state") == "delivered", "the webhook heard all");
    }

    [Theory]
    [InlineData("/analyze", "{}", 422, "invalid_input"), InlineData("/search", "{}", 422, "invalid_input"), InlineData("/execute", """{"sql":"  "}""", 422, "invalid_input")]
    [InlineData("/analyze", "", 400, "body_missing"), InlineData("/analyze", "{", 400, "malformed_json"), InlineData("/analyze", "[]", 400, "invalid_body")]
    [InlineData("/analyze", """{"question":7}""", 400, "invalid_body"), InlineData("/analyze", """{"question":"x","session_id":"a b"}""", 400, "invalid_session_id")]
    [InlineData("/analyze", """{"question":"x","session_id":""}""", 400, "invalid_session_id"), InlineData("/analyze", """{"question":"x","session_id":"a/b"}""", 400, "invalid_session_id")]
    [InlineData("/analyze", """{"question":"x","sample":"none"}""", 422, "unknown_sample"), InlineData("/analyze", """{"question":"x","file":"none"}""", 422, "unknown_file")]
    [InlineData("/analyze", """{"question":"x","file":"none","sample":"prices"}""", 422, "invalid_input"), InlineData("/analyze", """{"question":"x","engine":"magic"}""", 422, "unknown_engine")]
    [InlineData("/analyze", """{"answer":"x"}""", 400, "invalid_body"), InlineData("/analyze", """{"answer":"x","session_id":"never-was"}""", 404, "session_not_found")]
    [InlineData("/analyze", """{"question":"x","webhook":{"url":"ftp://x"}}""", 422, "invalid_webhook_url")]
    public async Task Nonsense_is_refused_with_a_code_in_the_dialects_own_shape(string path, string body, int status, string code)
    {
        var failure = await server.PostRawAsync(path, body, status);

        Assert.False(failure.GetProperty("success").GetBoolean());
        Assert.Equal(code, failure.Text("code"));
        Assert.NotEmpty(failure.Text("error")!);
    }

    private async Task<IEnumerable<string>> StagesAsync(string job) =>
        (await server.Client.JsonAsync($"/api/jobs/{job}")).GetProperty("stages").EnumerateArray().Select(s => s.Text("name")!);
}
