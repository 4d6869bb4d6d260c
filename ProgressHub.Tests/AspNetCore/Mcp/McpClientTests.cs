using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Mcp;

/// <summary>The official .NET client, with each protocol it knows over this transport.</summary>
public sealed class McpClientTests(McpServers server) : IClassFixture<McpServers>
{
    private const string Session = "2025-11-25";

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData(Session)]
    [InlineData(McpWire.Protocol)]
    public async Task A_workload_is_a_tool_that_tells_of_its_progress_and_answers_with_its_result(string protocol)
    {
        var script = server.Workload[$"tool {protocol}"];
        await using var client = await server.ConnectAsync(protocol);
        var tool = Assert.Single(await client.ListToolsAsync(), t => t.Name == "scripted");
        var told = new Told();
        var call = client.CallToolAsync(
            "scripted", new Dictionary<string, object?> { ["text"] = "x", ["run"] = $"tool {protocol}" }, told).AsTask();
        await script.DoAsync(async context =>
        {
            await context.BeginStageAsync("writing");
            context.Progress.Report(new ProgressUpdate(1, 4, "one of four"));
        });
        await told.UntilAsync("Writing: one of four");
        script.End(new WorkloadOutcome(ScriptedWorkload.Document("the result")));
        var result = await call.Soon();

        Assert.Equal((protocol, "Scripted", "Does what a test says."), (client.NegotiatedProtocolVersion, tool.Title, tool.Description));
        Assert.True(tool.JsonSchema.GetProperty("properties").TryGetProperty("text", out _));
        Assert.Equal("the result", Assert.IsType<TextContentBlock>(result.Content[0]).Text);
        var id = result.Meta!["progresshub/jobId"]!.GetValue<string>();
        Assert.Equal(id, await told.JobAsync());
        Assert.All(told.All, step => Assert.Equal(100, step.Total));
        Assert.Distinct(told.All.Select(step => step.Progress));
    }

    [Theory]
    [InlineData(Session)]
    [InlineData(McpWire.Protocol)]
    public async Task A_lost_connection_does_not_cancel_the_job_and_its_result_is_had_by_its_id(string protocol)
    {
        var run = $"lost {protocol}";
        var script = server.Workload[run];
        var told = new Told();
        await using (var first = await server.ConnectAsync(protocol))
        {
            _ = first.CallToolAsync(new CallToolRequestParams { Name = "scripted", Arguments = Input(run) }, told).ContinueWith(
                static lost => lost.Exception, TaskScheduler.Default);
            await script.Begun;
            await told.JobAsync();
        }

        await using var second = await server.ConnectAsync(protocol);
        var status = new Dictionary<string, object?> { ["jobId"] = await told.JobAsync(), ["waitSeconds"] = 60 };
        var waiting = second.CallToolAsync("job_status", status).AsTask();
        script.End(new WorkloadOutcome(ScriptedWorkload.Document("it was not lost")));

        Assert.Contains("it was not lost", McpServers.Text(await waiting.Soon()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Session)]
    [InlineData(McpWire.Protocol)]
    public async Task A_question_goes_to_the_clients_person_and_the_answer_to_the_job(string protocol)
    {
        var script = server.Workload[$"asks {protocol}"];
        var asked = new List<ElicitRequestParams>();
        await using var client = await server.ConnectAsync(protocol, Asking(request =>
        {
            asked.Add(request);
            return new ElicitResult
            {
                Action = "accept", Content = new Dictionary<string, JsonElement> { ["answer"] = JsonElement.Parse("\"left\"") },
            };
        }));
        var call = client.CallToolAsync(new CallToolRequestParams { Name = "scripted", Arguments = Input($"asks {protocol}") }, new Told());
        string? answer = null;
        await script.DoAsync(async context => answer = await context.AskAsync("Which one?", ["left", "right"], TimeSpan.FromMinutes(5)));
        script.End(new WorkloadOutcome(ScriptedWorkload.Document("thanks")));
        var result = await call.Soon();

        Assert.Equal("left", answer);
        Assert.Equal("Which one?", Assert.Single(asked).Message);
        Assert.Equal("thanks", Assert.IsType<TextContentBlock>(result.Content[0]).Text);
    }

    [Fact]
    public async Task An_answer_from_elsewhere_ends_the_question_to_the_clients_person()
    {
        var script = server.Workload["elsewhere"];
        var asking = new Signal();
        await using var client = await server.ConnectAsync(Session, Asking(async (_, stop) =>
        {
            asking.Set();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop);
            return new ElicitResult();
        }));
        var told = new Told();
        var call = client.CallToolAsync(new CallToolRequestParams { Name = "scripted", Arguments = Input("elsewhere") }, told);
        var asked = script.DoAsync(context => context.AskAsync("Which one?", null, TimeSpan.FromMinutes(5)));
        await asking.Task.Soon();
        var id = await told.JobAsync();
        var question = (await server.GetAsync($"/api/jobs/{id}")).GetProperty("pendingInput").Text("requestId");
        using var answered = await server.Client.PostAsync($"/api/jobs/{id}/answers", WebServer.Json(new { requestId = question, answer = "mine" }));
        await asked;
        script.End(new WorkloadOutcome(ScriptedWorkload.Document("thanks")));

        Assert.Contains("thanks", McpServers.Text(await call.Soon()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failed_job_is_a_tools_error_with_its_code()
    {
        var script = server.Workload["fails"];
        script.Fail(new WorkloadException("no_such_thing", "There is no such thing."));
        await using var client = await server.ConnectAsync(McpWire.Protocol);
        var result = await client.CallToolAsync(new CallToolRequestParams { Name = "scripted", Arguments = Input("fails") }).Soon();

        Assert.True(result.IsError);
        Assert.Equal("no_such_thing", result.StructuredContent!.Value.Text("code"));
        Assert.Contains("There is no such thing.", McpServers.Text(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "invalid_input", "input.text")]
    [InlineData("busy", "queue_full", null)]
    public async Task What_is_refused_is_a_tools_error_with_code_and_property(string text, string code, string? property)
    {
        await using var client = await server.ConnectAsync(McpWire.Protocol);
        var arguments = text.Length == 0 ? new Dictionary<string, object?>() : new Dictionary<string, object?> { ["text"] = text };
        var refused = (await client.CallToolAsync("scripted", arguments).Soon()).StructuredContent!.Value;

        Assert.Equal(code, refused.Text("code"));
        Assert.Equal(property, refused.TryGetProperty("property", out var named) ? named.GetString() : null);
        Assert.Equal(code == "queue_full", refused.TryGetProperty("retryAfterSeconds", out _));
    }

    [Fact]
    public async Task What_the_server_fails_at_says_nothing_of_the_server()
    {
        await using var client = await server.ConnectAsync(McpWire.Protocol);
        var arguments = new Dictionary<string, object?> { ["text"] = "explode" };
        var failure = await Assert.ThrowsAsync<McpProtocolException>(() => client.CallToolAsync("scripted", arguments).AsTask());

        Assert.Equal(McpErrorCode.InternalError, failure.ErrorCode);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static Dictionary<string, JsonElement> Input(string run) =>
        new() { ["text"] = JsonElement.Parse("\"x\""), ["run"] = JsonSerializer.SerializeToElement(run) };

    private static McpClientOptions Asking(Func<ElicitRequestParams, ElicitResult> answer) =>
        Asking((request, _) => Task.FromResult(answer(request)));

    private static McpClientOptions Asking(Func<ElicitRequestParams, CancellationToken, Task<ElicitResult>> answer) => new()
    {
        Capabilities = new ClientCapabilities { Elicitation = new ElicitationCapability { Form = new FormElicitationCapability() } },
        Handlers = new McpClientHandlers { ElicitationHandler = (request, stop) => new(answer(request!, stop)) },
    };
}
