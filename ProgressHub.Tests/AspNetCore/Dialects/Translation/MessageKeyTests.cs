using System.Net;
using System.Text;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.Translation;

/// <summary>Who translates, and the key for it: in the request's header, and nowhere else.</summary>
public sealed class MessageKeyTests
{
    private const string Key = "sk-secret-0123456789";

    [Theory]
    [InlineData("claude-3-haiku-20240307", "/v1/messages", "anthropic")]
    [InlineData("gpt-4o-mini", "/v1/chat/completions", "openai")]
    public async Task The_model_picks_the_engine_and_the_key_reaches_it_and_nothing_else(string model, string path, string engineId)
    {
        await using var engine = await EngineServer.StartAsync();
        await using var server = await StartAsync(engine);
        engine.Next(EngineFault.BadRequest, EngineFault.Busy);

        // The first batch is refused, with a message that quotes the key; that is then in the pieces.
        var content = string.Join("\n\n", Enumerable.Range(0, 4).Select(i => $"The paragraph {i} is a batch."));
        var id = await SubmitAsync(server, new { content, model_name = model, api_key = Key });
        var end = await server.Client.EndAsync(id);

        Assert.Equal(engineId, end.Text("engine"));
        Assert.NotEmpty(engine.Requests);
        Assert.All(engine.Requests, r => Assert.Equal((path, Key, model), (r.Path, r.Key, r.Model)));
        await AssertNowhereAsync(server, id);
    }

    [Fact]
    public async Task A_key_that_is_not_accepted_ends_the_job_and_the_status_says_so()
    {
        await using var engine = await EngineServer.StartAsync();
        engine.Always = EngineFault.Unauthorized;
        await using var server = await StartAsync(engine);

        var id = await SubmitAsync(server, new { content = "Your large text here...", model_name = "claude-3-haiku-20240307", api_key = Key });
        await server.Client.EndAsync(id);

        var message = await server.Client.JsonAsync($"/messages/{id}");
        Assert.Equal("failed", message.GetProperty("status").Text("status_type"));
        Assert.Contains("does not accept the API key (401)", message.GetProperty("status").Text("message"), StringComparison.Ordinal);
        Assert.Equal("engine_rejected_key", message.GetProperty("error").Text("code"));
        await AssertNowhereAsync(server, id);
    }

    [Fact]
    public async Task A_request_that_is_refused_leaves_no_key_behind()
    {
        await using var engine = await EngineServer.StartAsync();
        await using var server = await StartAsync(engine);
        foreach (var body in (string[])[$$"""{"content": "", "api_key": "{{Key}}"}""", $$"""{"content": 1, "api_key": "{{Key}}"}""", $$"""{"api_key": "{{Key}}" """])
        {
            using var response = await server.Client.PostAsync("/messages", WebServer.Raw(body));
            Assert.InRange((int)response.StatusCode, 400, 499);
            Assert.DoesNotContain(Key, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Key, server.Output, StringComparison.Ordinal);
    }

    private static Task<ServerProcess> StartAsync(EngineServer engine) => ServerProcess.StartNewAsync(
        ("Inference:Anthropic:BaseUrl", engine.Anthropic), ("Inference:OpenAI:Endpoint", engine.OpenAI),
        ("Inference:RetryDelay", "00:00:00.010"), ("Translation:BatchCharacters", "50"), ("Translation:MaxParallelBatches", "1"),
        ("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft.AspNetCore", "Trace"));

    private static async Task<string> SubmitAsync(ServerProcess server, object message)
    {
        using var response = await server.Client.PostAsync("/messages", WebServer.Json(message));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Accepted, body);
        Assert.DoesNotContain(Key, body, StringComparison.Ordinal);
        return (await WebServer.ReadAsync(response)).Text("id")!;
    }

    private static async Task AssertNowhereAsync(ServerProcess server, string id)
    {
        foreach (var path in (string[])[
            $"/messages/{id}", $"/messages/{id}/partial", $"/api/jobs/{id}", $"/api/jobs/{id}/input", $"/api/jobs?q=",
            $"/api/jobs/{id}/events?format=ndjson", $"/api/jobs/{id}/events?format=csv", $"/api/jobs/{id}/result?partial=true"])
        {
            Assert.DoesNotContain(Key, await TextAsync(path), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Key, server.Output, StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(Key);
        foreach (var file in Directory.EnumerateFiles(server.DataDirectory, "*", SearchOption.AllDirectories)
            .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var copy = new MemoryStream();
            await content.CopyToAsync(copy);
            Assert.True(copy.GetBuffer().AsSpan(0, (int)copy.Length).IndexOf(bytes) < 0, $"The key is in {file}.");
        }

        async Task<string> TextAsync(string path)
        {
            using var response = await server.Client.GetAsync(path);
            return await response.Content.ReadAsStringAsync();
        }
    }
}
