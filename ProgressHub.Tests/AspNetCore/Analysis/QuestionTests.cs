using System.Net;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Analysis;

/// <summary>Questions over tables, asked over HTTP.</summary>
public sealed class QuestionTests(AnalysisServer server) : IClassFixture<AnalysisServer>
{
    private const string Orders = "region,price,list_price,n\nWest,1,2,3\nEast,4,8,5\n=cmd(),7,14,1\n";

    [Fact]
    public async Task The_question_of_the_example_is_answered_step_by_step_with_a_table_a_chart_and_words()
    {
        var id = await server.AskAsync(new { sample = "prices", question = "What stocks have highest volatility?" });
        var answer = await server.AnswerOfAsync(id);

        Assert.Equal("HALO", answer.GetProperty("rows")[0][0].GetString());
        Assert.Equal(["symbol", "volatility", "returns"], answer.GetProperty("columns").EnumerateArray().Select(c => c.Text("name")));
        Assert.Contains("lag(", answer.Text("sql"), StringComparison.Ordinal);
        Assert.StartsWith("HALO has the highest", answer.Text("text"), StringComparison.Ordinal);
        Assert.Equal("bar", answer.GetProperty("chart").Text("type"));
        Assert.Equal("rules", answer.Text("engine"));
        Assert.Equal(4000, answer.GetProperty("data").GetProperty("rows").GetInt64());

        var lines = await server.LinesAsync(id);
        Assert.Equal([1, 2, 3, 4, 5], lines.Select(l => l.GetProperty("step").GetInt32()).Distinct());
        Assert.All(lines, l => Assert.Equal(5, l.GetProperty("totalSteps").GetInt32()));
        Assert.Contains(lines, l => l.Text("message")!.StartsWith("SQL: WITH returns", StringComparison.Ordinal));
        Assert.Equal(("success", "Analysis results ready for display"), (lines[^1].Text("level"), lines[^1].Text("message")));
    }

    [Fact]
    public async Task The_answer_comes_as_text_as_a_table_and_as_a_drawing()
    {
        var id = await server.AskOfFileAsync("total n by region", Encoding.UTF8.GetBytes(Orders));
        await server.AnswerOfAsync(id);

        var text = await server.Client.GetStringAsync($"/api/jobs/{id}/result?format=text");
        var csv = await server.Client.GetStringAsync($"/api/jobs/{id}/result?format=csv");
        using var drawing = await server.Client.GetAsync($"/api/jobs/{id}/result?format=svg");

        Assert.StartsWith("East has the highest", text, StringComparison.Ordinal);
        Assert.Equal("region,total n\r\nEast,5\r\nWest,3\r\n'=cmd(),1\r\n", csv);
        Assert.Equal("image/svg+xml", drawing.Content.Headers.ContentType!.MediaType);
        Assert.Equal("svg", XDocument.Parse(await drawing.Content.ReadAsStringAsync()).Root!.Name.LocalName);
    }

    [Fact]
    public async Task An_unclear_question_waits_for_its_asker_and_the_session_remembers_the_answer()
    {
        var session = (await server.SessionAsync(new { name = "Prices", file = await server.UploadAsync(Orders.Replace("price", "open", StringComparison.Ordinal)) })).Text("id");
        var id = await server.AskAsync(new { session, question = "average quote" });
        var waiting = JsonDocument.Parse("{}").RootElement;
        await Patience.UntilAsync(
            async () => (waiting = await server.Client.JsonAsync($"/api/jobs/{id}")).Text("state") == "waitingForInput", "the job asks");
        var pending = waiting.GetProperty("pendingInput");
        Assert.Equal(["open", "list_open"], pending.GetProperty("options").EnumerateArray().Select(o => o.GetString()));

        using var answered = await server.Client.PostAsync(
            $"/api/jobs/{id}/answers", WebServer.Json(new { requestId = pending.Text("requestId"), answer = "list_open" }));
        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);

        Assert.Equal(8, (await server.AnswerOfAsync(id)).GetProperty("rows")[0][0].GetDouble());
        var again = await server.AnswerAsync(new { session, question = "median quote" });
        Assert.Equal("median list_open", again.GetProperty("columns")[0].Text("name"));
        Assert.Equal("list_open", (await server.Client.JsonAsync($"/api/sessions/{session}")).GetProperty("choices").Text("quote"));
    }

    [Fact]
    public async Task The_same_question_is_answered_from_the_cache_and_a_similar_one_is_named()
    {
        var session = (await server.SessionAsync(new { sample = "prices" })).Text("id");
        var first = await server.AskAsync(new { session, question = "Average volume by sector" });
        var answer = await server.AnswerOfAsync(first);

        var cached = await server.AskAsync(new { session, question = "  average VOLUME by sectors? " });
        var repeated = await server.AnswerOfAsync(cached);
        var similar = await server.AnswerAsync(new { session, question = "Average volume by symbol" });

        Assert.False(answer.GetProperty("cached").GetBoolean());
        Assert.True(repeated.GetProperty("cached").GetBoolean());
        Assert.Equal(answer.GetProperty("rows").ToString(), repeated.GetProperty("rows").ToString());
        Assert.Contains(await server.LinesAsync(cached), l => l.Text("level") == "success" && l.Text("message") == "Found cached result - returning");
        Assert.Contains(similar.GetProperty("similar").EnumerateArray(), s => s.Text("question") == "Average volume by sector" && s.Text("jobId") == first);
    }

    [Fact]
    public async Task What_is_not_understood_ends_well_and_says_what_is()
    {
        var job = await server.AskAsync(new { sample = "prices", question = "What is the meaning of life?" });
        var answer = await server.AnswerOfAsync(job);

        Assert.Equal("noAnswer", (await server.GetAsync($"/api/jobs/{job}")).Text("outcome"));
        Assert.False(answer.GetProperty("understood").GetBoolean());
        Assert.Contains("symbol", answer.Text("text"), StringComparison.Ordinal);
        Assert.NotEmpty(answer.GetProperty("examples").EnumerateArray());
    }

    [Fact]
    public async Task A_session_lists_its_questions_and_two_sessions_stand_side_by_side()
    {
        var one = await server.SessionAsync(new { name = "One", sample = "prices" });
        var other = await server.SessionAsync(new { name = "Other", file = await server.UploadAsync(Orders, "orders.csv") });
        var asked = new List<string>();
        foreach (var question in (string[])["How many rows?", "Average close by symbol"])
        {
            asked.Add(await server.AskAsync(new { session = one.Text("id"), question }));
            await server.AnswerOfAsync(asked[^1]);
        }

        var count = await server.AnswerAsync(new { session = other.Text("id"), question = "How many rows?" });
        var seen = await server.Client.JsonAsync($"/api/sessions/{one.Text("id")}");

        Assert.Equal(3, count.GetProperty("rows")[0][0].GetInt32());
        Assert.Equal(asked, seen.GetProperty("questions").EnumerateArray().Select(q => q.Id()));
        Assert.Equal(8, seen.GetProperty("data").GetProperty("columns").GetArrayLength());
        Assert.Equal("orders.csv", (await server.Client.JsonAsync($"/api/sessions/{other.Text("id")}")).Text("dataName"));
        var listed = (await server.Client.JsonAsync(seen.GetProperty("links").Text("questions")!)).GetProperty("jobs").EnumerateArray().Select(j => j.Id());
        Assert.Equal(asked.AsEnumerable().Reverse(), listed);
    }

    [Fact]
    public async Task A_deleted_session_is_gone()
    {
        var id = (await server.SessionAsync(new { sample = "prices" })).Text("id");
        using var deleted = await server.Client.DeleteAsync($"/api/sessions/{id}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);

        using var seen = await server.Client.GetAsync($"/api/sessions/{id}");
        await seen.IsProblemAsync(404, "session_not_found");
        using var again = await server.Client.DeleteAsync($"/api/sessions/{id}");
        await again.IsProblemAsync(404, "session_not_found");
        using var ask = await server.Client.PostAsync("/api/jobs", WebServer.Json(new { kind = "analysis", input = new { session = id, question = "x" } }));
        await ask.IsProblemAsync(422, "session_not_found");
    }

    [Theory]
    [InlineData("""{"question":"x"}""", "invalid_input"), InlineData("""{"sample":"prices"}""", "invalid_input"), InlineData("""{"sample":"nothing","question":"x"}""", "unknown_sample")]
    [InlineData("""{"sample":"prices","session":"1","question":"x"}""", "invalid_input"), InlineData("""{"sample":"prices","question":7}""", "invalid_input")]
    [InlineData("""{"sample":"prices","question":"x","engine":"magic"}""", "unknown_engine"), InlineData("""{"sample":"prices","question":"x","engine":"openai"}""", "engine_unavailable")]
    public async Task A_wrong_input_is_refused_with_a_code(string input, string code)
    {
        using var response = await server.Client.PostAsync("/api/jobs", WebServer.Raw($$"""{"kind":"analysis","input":{{input}}}"""));

        await response.IsProblemAsync(422, code);
    }

    [Theory]
    [InlineData("""{}""", 422, "invalid_input"), InlineData("""{"sample":"nothing"}""", 422, "unknown_sample"), InlineData("""{"file":"nothing"}""", 422, "unknown_file")]
    [InlineData("""{"sample":"prices","name":"\u0007"}""", 422, "invalid_input"), InlineData("""{"sample":7}""", 400, "invalid_body")]
    public async Task A_wrong_session_is_refused_with_a_code(string body, int status, string code)
    {
        using var response = await server.Client.PostAsync("/api/sessions", WebServer.Raw(body));

        await response.IsProblemAsync(status, code);
    }

    [Fact]
    public async Task Odd_files_are_read_as_far_as_they_can_be_and_warned_of()
    {
        byte[] file = [.. "name,n\nZo"u8, 0xEB, .. ",1\nBob\n"u8];
        var id = await server.AskOfFileAsync("total n by name", file);
        var answer = await server.AnswerOfAsync(id);

        var warnings = answer.GetProperty("warnings").EnumerateArray().Select(w => w.GetString()!).ToList();
        Assert.Contains(warnings, w => w.Contains("Windows-1252", StringComparison.Ordinal));
        Assert.Contains(warnings, w => w.Contains("line 3", StringComparison.Ordinal));
        Assert.Equal("Zoë", answer.GetProperty("rows")[0][0].GetString());
        Assert.Equal(2, (await server.LinesAsync(id)).Count(l => l.Text("level") == "warning"));
    }
}
