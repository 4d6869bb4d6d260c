using System.Net;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.SessionLog;

/// <summary>The log of a session as a page and as an export, and cleared.</summary>
public sealed class SessionEventsTests(SessionLogServer server) : IClassFixture<SessionLogServer>
{
    [Fact]
    public async Task It_shows_the_present_question_and_on_demand_all_in_pages()
    {
        var session = SessionLogServer.NewSession();
        Assert.Empty(await server.EventsAsync(session));
        await server.AskAsync(session, "How many rows?");
        var first = await server.EventsAsync(session);
        await server.AskAsync(session, "Highest close?");
        var second = await server.EventsAsync(session);
        List<string> paged = [];
        var query = "?all=true&limit=7";
        for (string? next = ""; next is not null; query = $"?all=true&limit=7&after={next}")
        {
            var page = await server.Client.JsonAsync($"/api/progress/{session}/events{query}");
            Assert.Equal(["session_id", "events", "next"], page.EnumerateObject().Select(p => p.Name));
            paged.AddRange(page.GetProperty("events").EnumerateArray().Select(e => e.ToString()));
            next = page.Text("next");
        }

        Assert.StartsWith("Processing question: \"Highest", second[0].Text("message"), StringComparison.Ordinal);
        Assert.Equal(first.Concat(second).Select(e => e.ToString()), paged);
    }

    [Fact]
    public async Task An_export_as_CSV_holds_every_line_and_no_formula()
    {
        var (session, file) = (SessionLogServer.NewSession(), await server.UploadAsync("region,n\n=cmd(),9\nEast,5\n"));
        await server.PostAsync("/analyze", new { question = "total n by region", session_id = session, file });
        var events = await server.EventsAsync(session);
        using var response = await server.Client.GetAsync($"/api/progress/{session}/events?format=csv");
        var lines = (await response.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(("text/csv", "session-log.csv"), (response.Content.Headers.ContentType!.MediaType, response.Content.Headers.ContentDisposition!.FileName!.Trim('"')));
        Assert.Equal("id,timestamp,level,message,step,totalSteps", lines[0]);
        Assert.Equal(events.Count + 1, lines.Length);
        Assert.StartsWith($"{events[0].Text("id")},{events[0].Text("timestamp")},info,\"Processing question: \"\"total n by region\"\"\",1,5", lines[1], StringComparison.Ordinal);
        Assert.Contains(lines, l => l.Contains(",\"'=cmd() has the highest", StringComparison.Ordinal) || l.Contains(",'=cmd() has the highest", StringComparison.Ordinal));
        Assert.DoesNotContain(lines, l => l.Contains(",=", StringComparison.Ordinal) || l.Contains(",\"=", StringComparison.Ordinal));

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/progress/{session}/events");
        request.Headers.Accept.ParseAdd("text/csv");
        using var negotiated = await server.Client.SendAsync(request);
        Assert.Equal("text/csv", negotiated.Content.Headers.ContentType!.MediaType);
        using var json = await server.Client.GetAsync($"/api/progress/{session}/events?format=json");
        Assert.Equal("attachment", json.Content.Headers.ContentDisposition!.DispositionType);
    }

    [Fact]
    public async Task Clearing_shows_nothing_more_and_the_jobs_keep_all()
    {
        var session = SessionLogServer.NewSession();
        var job = (await server.AskAsync(session, "How many rows?")).Text("job_id")!;
        await server.AskAsync(session, "Highest close?");

        using var cleared = await server.Client.DeleteAsync($"/api/progress/{session}");
        Assert.Equal($$"""{"success":true,"session_id":"{{session}}"}""", await cleared.Content.ReadAsStringAsync());
        Assert.Empty(await server.EventsAsync(session));
        Assert.Empty(await server.EventsAsync(session, "?all=true"));
        Assert.NotEmpty(await server.LinesAsync(job));

        await server.AskAsync(session, "Lowest close?");
        Assert.StartsWith("Processing question: \"Lowest", (await server.EventsAsync(session, "?all=true"))[0].Text("message"), StringComparison.Ordinal);
        using var unknown = await server.Client.DeleteAsync($"/api/progress/{SessionLogServer.NewSession()}");
        Assert.Equal(HttpStatusCode.OK, unknown.StatusCode);
    }

    [Theory]
    [InlineData("a%20b/events", 400, "invalid_session_id"), InlineData("a%20b", 400, "invalid_session_id"), InlineData("x/events?format=xml", 400, "invalid_parameter")]
    [InlineData("x/events?after=1", 400, "invalid_cursor"), InlineData("x/events?limit=0", 400, "invalid_parameter"), InlineData("x/events?all=perhaps", 400, "invalid_parameter")]
    public async Task Nonsense_is_refused_with_a_code_in_the_dialects_own_shape(string path, int status, string code)
    {
        using var response = await server.Client.GetAsync($"/api/progress/{path}");
        var failure = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;

        Assert.Equal((status, code), ((int)response.StatusCode, failure.Text("code")));
        Assert.False(failure.GetProperty("success").GetBoolean());
    }
}
