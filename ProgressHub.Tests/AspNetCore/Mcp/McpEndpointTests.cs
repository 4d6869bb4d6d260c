using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Mcp;

/// <summary>Who gets in at <c>/mcp</c>, and what nonsense is answered with.</summary>
public sealed class McpEndpointTests(McpServers server) : IClassFixture<McpServers>
{
    [Theory]
    [InlineData("Host", "evil.example", 421, "foreign_host")]
    [InlineData("Origin", "http://evil.example", 403, "foreign_origin")]
    [InlineData("Origin", "null", 403, "foreign_origin")]
    [InlineData("Sec-Fetch-Site", "cross-site", 403, "foreign_origin")]
    [InlineData("X-Owner", "nobody", 401, "unauthenticated")]
    public async Task Who_is_not_let_in_at_the_API_is_not_here(string header, string value, int status, string code)
    {
        using var response = await server.Wire.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}""", (header, value));

        await response.IsProblemAsync(status, code);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{}")]
    [InlineData("""{"jsonrpc":"1.0","id":1,"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":{},"method":"ping"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":5}""")]
    [InlineData("")]
    public async Task What_is_no_message_is_refused_and_says_nothing_of_the_server(string body)
    {
        using var response = await server.Wire.PostAsync(body);
        var said = await response.Content.ReadAsStringAsync();

        Assert.InRange((int)response.StatusCode, 400, 499);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_413()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp")
        {
            Content = new StringContent(new string(' ', 9 * 1024 * 1024) + "{}", Encoding.UTF8, "application/json"), Headers = { ExpectContinue = true },
        };
        request.Headers.Accept.ParseAdd("application/json, text/event-stream");
        using var response = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task A_session_that_is_not_there_is_404_so_that_its_client_begins_anew()
    {
        using var response = await server.Wire.PostAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/list"}""", ("Mcp-Session-Id", "nonsense"), ("MCP-Protocol-Version", "2025-11-25"));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("\"seven\"")]
    public async Task The_notification_that_a_call_is_cancelled_cancels_its_job(string request)
    {
        var script = server.Workload[$"cancelled {request}"];
        var session = await BeginAsync(server.Wire);
        var input = new JsonObject { ["text"] = "x", ["run"] = $"cancelled {request}" };
        var call = server.Wire.PostAsync(
            $$$"""{"jsonrpc":"2.0","id":{{{request}}},"method":"tools/call","params":{"name":"scripted","arguments":{{{input.ToJsonString()}}}}}""",
            ("Mcp-Session-Id", session), ("MCP-Protocol-Version", "2025-11-25"));
        await script.Begun;
        using var heard = await server.Wire.PostAsync(
            $$$"""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":{{{request}}}}}""",
            ("Mcp-Session-Id", session), ("MCP-Protocol-Version", "2025-11-25"));
        var job = (await server.GetAsync("/api/jobs?limit=1")).GetProperty("jobs")[0].Id();

        Assert.Equal(HttpStatusCode.Accepted, heard.StatusCode);
        Assert.Equal("canceled", (await server.EndAsync(job).Soon()).Text("state"));
        _ = call.ContinueWith(static call => call.Exception, TaskScheduler.Default);
    }

    [Fact]
    public async Task A_session_is_of_one_caller()
    {
        var ann = new McpWire(server.Client) { Owner = "ann" };
        var bob = new McpWire(server.Client) { Owner = "bob" };
        var session = await BeginAsync(ann);
        using var foreign = await bob.PostAsync(
            """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""", ("Mcp-Session-Id", session), ("MCP-Protocol-Version", "2025-11-25"));
        using var own = await ann.PostAsync(
            """{"jsonrpc":"2.0","id":2,"method":"tools/list"}""", ("Mcp-Session-Id", session), ("MCP-Protocol-Version", "2025-11-25"));

        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
    }

    [Fact]
    public async Task A_routing_header_that_does_not_fit_the_body_is_refused()
    {
        using var response = await server.Wire.SendAsync("tasks/get", new JsonObject { ["taskId"] = new string('0', 32) }, "another");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("tools/list")]
    [InlineData("resources/list")]
    public async Task A_cursor_that_is_none_is_invalid(string method)
    {
        var answer = await server.Wire.AskAsync(method, new JsonObject { ["cursor"] = "nonsense" });

        Assert.Equal(-32602, answer.GetProperty("error").GetProperty("code").GetInt32());
    }

    [Fact]
    public async Task It_can_be_switched_off()
    {
        await using var without = new OffServer();
        using var response = await new McpWire(without.Client).PostAsync("""{"jsonrpc":"2.0","id":1,"method":"ping"}""");

        await response.IsProblemAsync(404, "not_found");
    }

    [Fact]
    public async Task A_call_counts_among_the_submissions_of_its_owner()
    {
        await using var narrow = new NarrowServer();
        var wire = new McpWire(narrow.Client) { TakesTasks = false };
        await wire.CallAsync("scripted", new { text = "x" });
        var second = (await wire.CallAsync("scripted", new { text = "x" })).GetProperty("result").GetProperty("structuredContent");

        Assert.Equal("rate_limited", second.Text("code"));
        Assert.InRange(second.GetProperty("retryAfterSeconds").GetInt32(), 1, 60);
    }

    private static async Task<string> BeginAsync(McpWire wire)
    {
        using var begun = await wire.PostAsync(
            """
            {"jsonrpc":"2.0","id":1,"method":"initialize",
             "params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"a","version":"1"}}}
            """);
        await begun.Content.ReadAsStringAsync();
        return begun.Headers.GetValues("Mcp-Session-Id").Single();
    }

    private sealed class OffServer : WebServer
    {
        protected override Dictionary<string, string?> Settings => new() { ["Mcp:Enabled"] = "false" };
    }

    private sealed class NarrowServer : WebServer
    {
        protected override Dictionary<string, string?> Settings => new() { ["Limits:SubmissionsPerMinute"] = "1" };
    }
}
