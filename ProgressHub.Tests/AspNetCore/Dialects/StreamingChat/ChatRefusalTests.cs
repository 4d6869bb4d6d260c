using ProgressHub.Tests.Support;
using static ProgressHub.Tests.AspNetCore.Dialects.StreamingChat.ChatServer;

namespace ProgressHub.Tests.AspNetCore.Dialects.StreamingChat;

/// <summary>What can't be asked is refused with words that help, and nothing is left of it.</summary>
public sealed class ChatRefusalTests(ChatServer server) : IClassFixture<ChatServer>
{
    private HttpClient Client => server.Client;

    [Theory]
    [InlineData("deity_id", "nobody", 422, "collection_not_found")]
    [InlineData("deity_id", null, 422, "invalid_input")]
    [InlineData("deity_id", " ", 422, "invalid_input")]
    [InlineData("deity_id", 7, 400, "invalid_body")]
    [InlineData("fortune_number", 0, 422, "fortune_not_found")]
    [InlineData("fortune_number", -1, 422, "fortune_not_found")]
    [InlineData("fortune_number", 101, 422, "fortune_not_found")]
    [InlineData("fortune_number", "40", 400, "invalid_body")]
    [InlineData("fortune_number", 4.5, 400, "invalid_body")]
    [InlineData("question", "", 422, "invalid_input")]
    [InlineData("question", null, 422, "invalid_input")]
    [InlineData("question", true, 400, "invalid_body")]
    [InlineData("language", "de", 422, "invalid_input")]
    [InlineData("enable_streaming", "yes", 400, "invalid_body")]
    [InlineData("engine", "magic", 422, "unknown_engine")]
    [InlineData("engine", "openai", 422, "engine_unavailable")]
    public async Task What_is_wrong_with_a_question_is_said_with_the_name_the_client_knows(string property, object? value, int status, string code)
    {
        foreach (var set in (string[])[Set, OlderSet])
        {
            using var response = await Client.PostAsync($"{set}/ask-question", WebServer.Json(Question((property, value))));

            var problem = await response.IsProblemAsync(status, code);
            Assert.Equal(property, problem.Text("property"));
            Assert.DoesNotContain("apiKey", problem.Text("detail"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", 400, "body_missing")]
    [InlineData("{", 400, "malformed_json")]
    [InlineData("[]", 400, "invalid_body")]
    public async Task A_body_that_is_no_question_is_refused(string body, int status, string code)
    {
        using var response = await Client.PostAsync($"{Set}/ask-question", WebServer.Raw(body));

        await response.IsProblemAsync(status, code);
    }

    [Theory]
    [InlineData("sse/00000000000000000000000000000000?token=t", 404, "job_not_found")]
    [InlineData("progress/00000000000000000000000000000000", 404, "job_not_found")]
    [InlineData("sse/task_123", 404, "job_not_found")]
    [InlineData("progress/task_123", 404, "job_not_found")]
    [InlineData("sse/00000000000000000000000000000000?events=none", 400, "invalid_parameter")]
    public async Task An_unknown_task_is_404(string path, int status, string code)
    {
        foreach (var set in (string[])[Set, OlderSet])
        {
            using var response = await Client.GetAsync($"{set}/{path}");

            await response.IsProblemAsync(status, code);
        }
    }

    [Fact]
    public async Task A_job_of_another_kind_is_no_task()
    {
        var id = await Client.SubmitAsync(JobCalls.Pseudo("Hello."));

        using var stream = await Client.GetAsync($"{Set}/sse/{id}");
        using var progress = await Client.GetAsync($"{Set}/progress/{id}");

        await stream.IsProblemAsync(404, "job_not_found");
        await progress.IsProblemAsync(404, "job_not_found");
    }

    [Fact]
    public async Task The_same_question_twice_with_one_key_is_one_task()
    {
        var tasks = new List<string?>();
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"{Set}/ask-question") { Content = WebServer.Json(Question()) };
            request.Headers.Add("Idempotency-Key", "once");
            using var response = await Client.SendAsync(request);
            tasks.Add((await WebServer.ReadAsync(response)).Text("task_id"));
        }

        Assert.Equal(tasks[0], tasks[1]);
    }
}
