using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.SessionLog;

/// <summary>The live log of a session: before it exists, across its questions, and resumed.</summary>
public sealed class SessionStreamTests(SessionLogServer server) : IClassFixture<SessionLogServer>
{
    private const string End = "Analysis results ready for display";

    // What the document lists, in its order.
    private static readonly string[] Told =
    [
        "Processing question: \"What stocks have highest volatility?\"", "Session created", "Adding message to chat history", "Message logged",
        "Checking cache for similar analyses", "Cache miss - proceeding with analysis", "Searching for contextual information",
        "Context search completed in ", "Query expanded: ", "Running the query in the sandbox", "Analysis request completed successfully", End,
    ];

    [Fact]
    public async Task It_is_open_before_the_session_exists_and_stays_open_across_its_questions()
    {
        var session = SessionLogServer.NewSession();
        await using var stream = await EventStream.OpenAsync(server.Client, $"/api/progress/{session}");

        var first = await server.AskAsync(session, "What stocks have highest volatility?");
        var messages = await stream.UntilAsync(End);
        var second = await server.AskAsync(session, "what stocks have HIGHEST volatility");
        var cached = await stream.UntilAsync(End);

        var told = messages.Select(m => m.Text).ToList();
        var places = Told.Select(t => told.FindIndex(m => m.StartsWith(t, StringComparison.Ordinal))).ToList();
        Assert.True(places.TrueForAll(p => p >= 0) && places.SequenceEqual(places.Order()), string.Join('\n', told));
        Assert.Matches(@"^Context search completed in \d+\.\d\ds$", told[places[7]]);
        Assert.Contains(cached, m => m.Text == "Found cached result - returning" && m.Line.Text("level") == "success");
        Assert.DoesNotContain(cached, m => m.Text is "Session created" or "Cache miss - proceeding with analysis");
        Assert.False(first.GetProperty("cached").GetBoolean());
        Assert.True(second.GetProperty("cached").GetBoolean());
        Assert.All(cached, m => Assert.StartsWith(second.GetProperty("job_id").GetString()!, m.Id, StringComparison.Ordinal));
        Assert.Distinct(messages.Concat(cached).Select(m => m.Id));
    }

    [Fact]
    public async Task Each_event_has_the_fields_of_the_document_and_says_what_the_native_log_says()
    {
        var session = SessionLogServer.NewSession();
        var job = (await server.AskAsync(session, "Average close by sector")).GetProperty("job_id").GetString()!;
        await using var stream = await EventStream.OpenAsync(server.Client, $"/api/progress/{session}");
        var messages = await stream.UntilAsync(End);
        var native = await server.LinesAsync(job);

        Assert.Equal(native.Count, messages.Count);
        foreach (var (message, line) in messages.Zip(native))
        {
            var names = message.Line.EnumerateObject().Select(p => p.Name).ToList();
            Assert.Equal(["id", "level", "message", "step", "totalSteps", "timestamp"], names);
            Assert.Equal($"{job}-{line.GetProperty("seq").GetInt64()}", message.Line.Text("id"));
            Assert.Equal(message.Line.Text("id"), message.Id);
            Assert.Contains(message.Line.Text("level"), (string[])["info", "success", "warning", "error"]);
            Assert.Equal(
                (line.Text("level"), line.Text("message"), line.GetProperty("step").GetInt32(), line.GetProperty("totalSteps").GetInt32(), line.Text("at")),
                (message.Line.Text("level"), message.Text, message.Line.GetProperty("step").GetInt32(), message.Line.GetProperty("totalSteps").GetInt32(), message.Line.Text("timestamp")));
        }
    }

    [Fact]
    public async Task From_any_of_its_events_it_goes_on_right_after_it()
    {
        var session = SessionLogServer.NewSession();
        await using var stream = await EventStream.OpenAsync(server.Client, $"/api/progress/{session}");
        await server.AskAsync(session, "How many rows?");
        await server.AskAsync(session, "Average close by sector");
        List<SessionMessage> all = [.. await stream.UntilAsync(End), .. await stream.UntilAsync(End)];

        foreach (var at in (int[])[0, 5, all.Count / 2, all.Count - 2])
            Assert.Equal(all.Skip(at + 1).Select(m => m.Line.ToString()), await ResumeAsync(session, all[at].Id!, all.Count - at - 1));
        Assert.StartsWith("Processing question: \"Average", (await FirstAsync(session, "nonsense")).Text, StringComparison.Ordinal);
        Assert.StartsWith("Processing question: \"Average", (await FirstAsync(session, $"{new string('0', 32)}-3")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_questions_at_once_are_told_once_each_and_resumed_in_both()
    {
        var session = SessionLogServer.NewSession();
        await using var stream = await EventStream.OpenAsync(server.Client, $"/api/progress/{session}");
        var waiting = await server.PostAsync("/analyze", new { question = "average price by sector", session_id = session });
        List<SessionMessage> all = [.. await stream.UntilAsync("Waiting for user confirmation")];
        await server.AskAsync(session, "How many rows?");
        all.AddRange(await stream.UntilAsync(End));
        await server.PostAsync("/analyze", new { session_id = session, answer = "close", request_id = waiting.Text("request_id") });
        all.AddRange(await stream.UntilAsync(End));

        Assert.Distinct(all.Select(m => m.Line.Text("id")));
        foreach (var at in (int[])[3, all.FindIndex(m => m.Text == End) - 1, all.FindIndex(m => m.Text == End), all.Count - 3])
        {
            var resumed = await ResumeAsync(session, all[at].Id!, all.Count - at - 1);
            Assert.Equal(all.Skip(at + 1).Select(m => m.Line.ToString()).Order(), resumed.Order());
        }
    }

    [Fact]
    public async Task Silence_is_broken_by_comments_which_no_handler_hears_also_while_other_jobs_are_busy()
    {
        using var response = await EventStream.AskAsync(server.Client, $"/api/progress/{SessionLogServer.NewSession()}");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        Assert.Equal("retry: 2000", await reader.ReadLineAsync().Soon());
        for (var i = 0; i < 3; i++)
        {
            await server.AskAsync(SessionLogServer.NewSession(), "How many rows?");
            while (await reader.ReadLineAsync().Soon() is var line && line != ": heartbeat")
                Assert.Equal("", line);
        }
    }

    [Fact]
    public async Task A_failure_that_the_log_does_not_tell_of_is_an_error_in_the_stream()
    {
        var session = SessionLogServer.NewSession();
        await using var stream = await EventStream.OpenAsync(server.Client, $"/api/progress/{session}");
        var failed = await server.PostAsync("/execute", new { sql = "DROP TABLE data", session_id = session }, 422);

        var last = (await stream.UntilAsync("Query execution failed"))[^1];
        Assert.Equal(("error", $"Query execution failed: {failed.Text("error")}"), (last.Line.Text("level"), last.Text));
        Assert.False(last.Line.TryGetProperty("step", out _));
    }

    [Fact]
    public async Task Whoever_opens_it_late_sees_the_present_question_from_its_beginning_and_nothing_that_was_cleared()
    {
        var session = SessionLogServer.NewSession();
        await server.AskAsync(session, "How many rows?");
        await server.AskAsync(session, "Highest close?");
        Assert.StartsWith("Processing question: \"Highest", (await FirstAsync(session)).Text, StringComparison.Ordinal);

        using var cleared = await server.Client.DeleteAsync($"/api/progress/{session}");
        Assert.Equal(System.Net.HttpStatusCode.OK, cleared.StatusCode);
        await using var stream = await EventStream.OpenAsync(server.Client, $"/api/progress/{session}");
        await server.AskAsync(session, "Lowest close?");
        Assert.StartsWith("Processing question: \"Lowest", (await stream.NextMessageAsync()).Text, StringComparison.Ordinal);
    }

    private async Task<SessionMessage> FirstAsync(string session, string? lastEventId = null)
    {
        await using var stream = await EventStream.OpenAsync(server.Client, $"/api/progress/{session}", lastEventId);
        return await stream.NextMessageAsync();
    }

    private async Task<List<string>> ResumeAsync(string session, string lastEventId, int count)
    {
        await using var stream = await EventStream.OpenAsync(server.Client, $"/api/progress/{session}", lastEventId);
        List<string> lines = [];
        while (lines.Count < count)
            lines.Add((await stream.NextMessageAsync()).Line.ToString());
        return lines;
    }
}
