using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Mcp;

/// <summary>The extension <c>io.modelcontextprotocol/tasks</c>, by hand: what goes over the wire.</summary>
public sealed class McpTaskTests(McpServers server) : IClassFixture<McpServers>
{
    private const int InvalidParams = -32602;
    private const int MethodNotFound = -32601;
    private const int MissingCapability = -32021;

    [Fact]
    public async Task A_call_is_answered_with_a_task_that_completes_with_what_the_call_would_have_answered()
    {
        var script = server.Workload["task"];
        var created = (await server.Wire.CallAsync("scripted", new { text = "x", run = "task" })).GetProperty("result");
        var id = created.Text("taskId")!;
        await script.Begun;
        var working = await ResultAsync("tasks/get", id);
        script.End(new WorkloadOutcome(ScriptedWorkload.Document("done it")));
        await server.EndAsync(id);
        var completed = await ResultAsync("tasks/get", id);

        Assert.Equal(("task", "working"), (created.Text("resultType"), created.Text("status")));
        Assert.Equal(JsonValueKind.Null, created.GetProperty("ttlMs").ValueKind);
        Assert.Equal(("complete", "working"), (working.Text("resultType"), working.Text("status")));
        Assert.InRange(working.GetProperty("pollIntervalMs").GetInt64(), 500, 5000);
        Assert.Equal(("complete", "completed"), (completed.Text("resultType"), completed.Text("status")));
        Assert.False(completed.TryGetProperty("pollIntervalMs", out _));
        Assert.Equal(created.Text("createdAt"), completed.Text("createdAt"));
        Assert.InRange(completed.GetProperty("ttlMs").GetInt64(), 604_800_000, 605_800_000);
        var result = completed.GetProperty("result");
        Assert.Equal("done it", result.GetProperty("content")[0].Text("text"));
        Assert.Equal(id, result.GetProperty("_meta").Text("progresshub/jobId"));
    }

    [Fact]
    public async Task A_job_that_failed_is_a_completed_task_with_an_error_for_a_result()
    {
        server.Workload["task-fails"].Fail(new WorkloadException("broke", "It broke."));
        var id = await StartAsync("task-fails");
        await server.EndAsync(id);
        var completed = await ResultAsync("tasks/get", id);

        Assert.Equal("completed", completed.Text("status"));
        Assert.Equal("It broke.", completed.Text("statusMessage"));
        Assert.True(completed.GetProperty("result").GetProperty("isError").GetBoolean());
        Assert.Equal("broke", completed.GetProperty("result").GetProperty("structuredContent").Text("code"));
    }

    [Fact]
    public async Task A_cancelled_task_is_a_canceled_job()
    {
        var id = await StartAsync("task-cancel");
        await server.Workload["task-cancel"].Begun;
        var acknowledged = await ResultAsync("tasks/cancel", id);
        var ended = await server.EndAsync(id);

        Assert.Equal("complete", acknowledged.Text("resultType"));
        Assert.Equal("canceled", ended.Text("state"));
        var cancelled = await ResultAsync("tasks/get", id);
        Assert.Equal("cancelled", cancelled.Text("status"));
        Assert.False(cancelled.TryGetProperty("result", out _));
        Assert.Equal("complete", (await ResultAsync("tasks/cancel", id)).Text("resultType"));
    }

    [Fact]
    public async Task A_tasks_question_is_an_elicitation_and_tasks_update_answers_it()
    {
        var script = server.Workload["task-asks"];
        var id = await StartAsync("task-asks");
        string? answer = null;
        var asked = script.DoAsync(async context => answer = await context.AskAsync("Which one?", ["left", "right"], TimeSpan.FromMinutes(5)));
        await Patience.UntilAsync(async () => (await ResultAsync("tasks/get", id)).Text("status") == "input_required", "the task asks");
        var waiting = (await ResultAsync("tasks/get", id)).GetProperty("inputRequests").EnumerateObject().Single();
        var declined = await UpdateAsync(id, waiting.Name, """{"action":"decline"}""");
        var unknown = await UpdateAsync(id, "ffffffff", """{"action":"accept","content":{"answer":"left"}}""");
        var wrong = await UpdateAsync(id, waiting.Name, """{"action":"accept","content":{"answer":"up"}}""");
        var broken = await UpdateAsync(id, waiting.Name, """{"action":5}""");
        var still = await ResultAsync("tasks/get", id);
        var right = await UpdateAsync(id, waiting.Name, """{"action":"accept","content":{"answer":"left"}}""");
        await asked;
        var late = await UpdateAsync(id, waiting.Name, """{"action":"accept","content":{"answer":"right"}}""");
        script.End(new WorkloadOutcome(null));

        Assert.Equal("elicitation/create", waiting.Value.Text("method"));
        Assert.Equal("Which one?", waiting.Value.GetProperty("params").Text("message"));
        Assert.Equal("""["left","right"]""", waiting.Value.GetProperty("params").GetProperty("requestedSchema").GetProperty("properties")
            .GetProperty("answer").GetProperty("enum").GetRawText());
        Assert.All([declined, unknown, right, late], update => Assert.Equal("complete", update.GetProperty("result").Text("resultType")));
        Assert.All([wrong, broken], update => Assert.Equal(InvalidParams, Code(update)));
        Assert.Equal("input_required", still.Text("status"));
        Assert.Equal("left", answer);
    }

    [Fact]
    public async Task Only_who_says_that_it_takes_tasks_gets_one_and_may_ask_about_them()
    {
        var plain = new McpWire(server.Client) { TakesTasks = false };
        server.Workload["plain"].End(new WorkloadOutcome(ScriptedWorkload.Document("plain")));
        var result = (await plain.CallAsync("scripted", new { text = "x", run = "plain" })).GetProperty("result");
        var id = result.GetProperty("_meta").Text("progresshub/jobId")!;

        Assert.Equal("complete", result.Text("resultType"));
        foreach (var method in (string[])["tasks/get", "tasks/update", "tasks/cancel"])
        {
            var refused = await plain.AskAsync(method, id);
            Assert.Equal(MissingCapability, Code(refused));
            Assert.True(refused.GetProperty("error").GetProperty("data").GetProperty("requiredCapabilities").GetProperty("extensions")
                .TryGetProperty("io.modelcontextprotocol/tasks", out _));
        }

        var listen = await plain.AskAsync("subscriptions/listen", new JsonObject { ["notifications"] = new JsonObject { ["taskIds"] = new JsonArray(id) } });
        Assert.Equal(MissingCapability, Code(listen));
    }

    [Theory]
    [InlineData("tasks/result")]
    [InlineData("tasks/list")]
    public async Task What_the_extension_does_not_have_there_is_not(string method) =>
        Assert.Equal(MethodNotFound, Code(await server.Wire.AskAsync(method, new string('0', 32))));

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("nonsense")]
    [InlineData("../../etc/passwd")]
    public async Task An_unknown_task_is_invalid(string id)
    {
        foreach (var method in (string[])["tasks/get", "tasks/update", "tasks/cancel"])
            Assert.Equal(InvalidParams, Code(await server.Wire.AskAsync(method, id)));
    }

    [Fact]
    public async Task A_deleted_task_is_invalid_and_says_why()
    {
        server.Workload["deleted"].End(new WorkloadOutcome(null));
        var id = await StartAsync("deleted");
        await server.EndAsync(id);
        using var deleted = await server.Client.DeleteAsync($"/api/jobs/{id}");
        var gone = await server.Wire.AskAsync("tasks/get", id);

        Assert.Equal(InvalidParams, Code(gone));
        Assert.Contains("deleted", gone.GetProperty("error").Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_with_the_same_idempotency_key_is_the_same_task()
    {
        var arguments = new { text = "x", run = "twice" };
        var first = await server.Wire.CallAsync("scripted", arguments, new JsonObject { ["progresshub/idempotencyKey"] = "key-1" });
        var second = await server.Wire.CallAsync("scripted", arguments, new JsonObject { ["progresshub/idempotencyKey"] = "key-1" });
        var other = await server.Wire.CallAsync("scripted", new { text = "y" }, new JsonObject { ["progresshub/idempotencyKey"] = "key-1" });
        var unreadable = await server.Wire.CallAsync("scripted", arguments, new JsonObject { ["progresshub/idempotencyKey"] = 5 });
        server.Workload["twice"].End(new WorkloadOutcome(null));

        Assert.Equal(first.GetProperty("result").Text("taskId"), second.GetProperty("result").Text("taskId"));
        Assert.Equal("idempotency_key_reused", other.GetProperty("result").GetProperty("structuredContent").Text("code"));
        Assert.Equal("invalid_idempotency_key", unreadable.GetProperty("result").GetProperty("structuredContent").Text("code"));
    }

    [Fact]
    public async Task Of_somebody_elses_task_and_job_there_is_nothing()
    {
        var ann = new McpWire(server.Client) { Owner = "ann" };
        var bob = new McpWire(server.Client) { Owner = "bob" };
        var id = (await ann.CallAsync("scripted", new { text = "secret", run = "anns" })).GetProperty("result").Text("taskId")!;
        await server.Workload["anns"].Begun;
        var uri = $"progresshub://jobs/{id}/log";

        foreach (var method in (string[])["tasks/get", "tasks/update", "tasks/cancel"])
            Assert.Equal(InvalidParams, Code(await bob.AskAsync(method, id)));
        foreach (var tool in (string[])["job_status", "job_cancel"])
            Assert.Equal("job_not_found", (await bob.CallAsync(tool, new { jobId = id })).GetProperty("result").GetProperty("structuredContent").Text("code"));
        Assert.Equal(InvalidParams, Code(await bob.AskAsync("resources/read", new JsonObject { ["uri"] = uri }, uri)));
        var listed = await bob.AskAsync("resources/list", []);
        Assert.DoesNotContain(id, listed.GetRawText(), StringComparison.Ordinal);
        Assert.Equal("working", (await ann.AskAsync("tasks/get", id)).GetProperty("result").Text("status"));
        Assert.Contains("attempt 1 began", await ann.ReadAsync(uri), StringComparison.Ordinal);
        server.Workload["anns"].End(new WorkloadOutcome(null));
    }

    private async Task<string> StartAsync(string run) =>
        (await server.Wire.CallAsync("scripted", new { text = "x", run })).GetProperty("result").Text("taskId")!;

    private async Task<JsonElement> ResultAsync(string method, string id) => (await server.Wire.AskAsync(method, id)).GetProperty("result");

    private Task<JsonElement> UpdateAsync(string id, string question, string response) => server.Wire.AskAsync(
        "tasks/update", id, new JsonObject { ["inputResponses"] = new JsonObject { [question] = JsonNode.Parse(response) } });

    private static int Code(JsonElement answer) => answer.GetProperty("error").GetProperty("code").GetInt32();
}
