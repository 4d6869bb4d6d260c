using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>A task is a job: a server that is killed in the middle of one goes on with it, and its client asks on.</summary>
public sealed class McpCrashTests
{
    private static readonly string Text = string.Concat(Enumerable.Range(1, 150).Select(i => $"This is sentence number {i}. "));

    [Fact]
    public async Task A_task_outlives_the_server_that_is_killed_in_the_middle_of_it()
    {
        await using var server = await ServerProcess.StartNewAsync(("Translation:PseudoDelay", "00:00:10"), ("Mcp:TaskAfter", "00:00:00"));
        var wire = new McpWire(server.Client);
        var created = await wire.CallAsync("translation", JobCalls.Pseudo(Text, 100));
        var id = created.GetProperty("result").Text("taskId")!;
        await Patience.UntilAsync(
            async () => (await server.Client.JsonAsync($"/api/jobs/{id}")).GetProperty("partials").GetProperty("ok").GetInt32() >= 5, "some parts are done");
        await server.KillAsync();
        server.Settings["Translation:PseudoDelay"] = "00:00:00";
        await server.StartAsync();
        var after = await wire.AskAsync("tasks/get", id);
        await Patience.UntilAsync(async () => Status(await wire.AskAsync("tasks/get", id)) == "completed", "the task is completed");
        var result = (await wire.AskAsync("tasks/get", id)).GetProperty("result").GetProperty("result");
        var log = await wire.ReadAsync($"progresshub://jobs/{id}/log");

        Assert.Equal("working", Status(created));
        Assert.Contains(Status(after), (string[])["working", "completed"]);
        Assert.False(result.TryGetProperty("isError", out var failed) && failed.GetBoolean(), result.GetRawText());
        Assert.Contains("attempt 2 began", log, StringComparison.Ordinal);
        server.AssertCalm();
    }

    [Fact]
    public async Task A_question_of_a_task_is_asked_again_after_a_crash_and_answered()
    {
        await using var server = await ServerProcess.StartNewAsync(("Mcp:TaskAfter", "00:00:00"));
        var wire = new McpWire(server.Client);
        var uploaded = await wire.CallAsync("upload_file", new { name = "prices.csv", text = "symbol,open,close\nA,1,2\nB,3,4\n" });
        var file = uploaded.GetProperty("result").GetProperty("content")[0].Text("text")![^32..];
        var id = (await wire.CallAsync("analysis", new { file, question = "What is the average price?" })).GetProperty("result").Text("taskId")!;
        await AskedAsync(wire, id);
        await server.KillAsync();
        await server.StartAsync();
        var (question, answer) = await AskedAsync(wire, id);
        await wire.AskAsync("tasks/update", id, new JsonObject
        {
            ["inputResponses"] = new JsonObject
            {
                [question] = new JsonObject { ["action"] = "accept", ["content"] = new JsonObject { ["answer"] = answer } },
            },
        });
        await Patience.UntilAsync(async () => Status(await wire.AskAsync("tasks/get", id)) == "completed", "the task is completed");

        var result = (await wire.AskAsync("tasks/get", id)).GetProperty("result").GetProperty("result");
        Assert.False(result.TryGetProperty("isError", out var failed) && failed.GetBoolean(), result.GetRawText());
        server.AssertCalm();
    }

    [Fact]
    public async Task A_server_that_stops_answers_the_calls_that_wait_and_their_jobs_go_on_with_it()
    {
        await using var server = await ServerProcess.StartNewAsync(("Translation:PseudoDelay", "00:00:10"));
        var wire = new McpWire(server.Client) { TakesTasks = false };
        var call = wire.CallAsync("translation", JobCalls.Pseudo(Text, 100));
        await Patience.UntilAsync(
            async () => (await server.Client.JsonAsync("/api/jobs?state=running")).GetProperty("jobs").GetArrayLength() > 0, "the job runs");
        await server.StopAsync();
        server.Settings["Translation:PseudoDelay"] = "00:00:00";
        var said = (await call.Soon()).GetProperty("result");
        await server.StartAsync();
        var id = said.GetProperty("_meta").Text("progresshub/jobId")!;
        var status = (await wire.CallAsync("job_status", new { jobId = id, waitSeconds = 50 })).GetProperty("result");

        Assert.StartsWith("The server stops; the job goes on once it is back.", said.GetProperty("content")[0].Text("text"), StringComparison.Ordinal);
        Assert.Equal("succeeded", status.GetProperty("_meta").Text("progresshub/state"));
        server.AssertCalm();
    }

    private static async Task<(string Question, string Answer)> AskedAsync(McpWire wire, string id)
    {
        await Patience.UntilAsync(async () => Status(await wire.AskAsync("tasks/get", id)) == "input_required", "the task asks");
        var asked = (await wire.AskAsync("tasks/get", id)).GetProperty("result").GetProperty("inputRequests").EnumerateObject().Single();
        var options = asked.Value.GetProperty("params").GetProperty("requestedSchema").GetProperty("properties").GetProperty("answer").GetProperty("enum");
        return (asked.Name, options[0].GetString()!);
    }

    private static string Status(JsonElement answer) => answer.GetProperty("result").Text("status")!;
}
