using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.Translation;

/// <summary>Every field that the document prints is there, of the same kind and with the same meaning.</summary>
[Collection(MessageCollection.Name)]
public sealed class MessageContractTests(MessageStage stage) : IDisposable
{
    public void Dispose()
    {
        stage.Engine.Refuse(null);
        stage.Engine.LetAll();
    }

    [Fact]
    public async Task The_status_has_every_field_that_is_printed_and_counts_as_the_job_does()
    {
        stage.Engine.Hold();
        var id = await stage.SubmittedAsync();
        for (var batches = 0; batches < MessageStage.Batches; batches++)
        {
            var message = await stage.ReachAsync(id, batches);
            var job = await stage.Client.JsonAsync($"/api/jobs/{id}");

            AssertSameShape(JsonDocument.Parse(MessageDocument.Status).RootElement, message);
            Assert.True(message.GetProperty("success").GetBoolean());
            Assert.Equal(id, message.Text("id"));
            var status = message.GetProperty("status");
            var percent = MessageStage.Percent(batches);
            Assert.Equal(percent, status.GetProperty("progress").GetDouble());
            Assert.Equal($"{percent}.0", status.GetProperty("progress").GetRawText());
            Assert.Equal(percent, message.GetProperty("progress").GetDouble());
            Assert.Equal("started", status.Text("status_type"));
            Assert.Equal($"Completed batch {batches}/{MessageStage.Batches} ({percent}%)", status.Text("message"));
            Assert.Equal(percent / 100.0, job.GetProperty("fraction").GetDouble(), 0.0051);
            Assert.False(message.TryGetProperty("content", out _));
            stage.Engine.Let(1);
        }

        var end = await stage.EndAsync(id);
        Assert.Equal(100, end.GetProperty("status").GetProperty("progress").GetDouble());
        Assert.Equal("completed", end.GetProperty("status").Text("status_type"));
        Assert.Equal("Translation completed: 5 of 5 batches (100%)", end.GetProperty("status").Text("message"));
        Assert.Equal(MessageStage.Text.ToUpperInvariant(), end.Text("content"));
    }

    [Fact]
    public async Task Partial_results_have_every_field_that_is_printed_and_a_failed_batch_holds_up_no_other()
    {
        stage.Engine.Hold();
        stage.Engine.Refuse("goat");
        var id = await stage.SubmittedAsync();
        await stage.ReachAsync(id, 0);
        var none = await stage.PartialsAsync(id);
        stage.Engine.Let(4);
        await stage.ReachAsync(id, 4);

        var some = await stage.PartialsAsync(id);
        var piece = (await stage.Client.LogAsync(id)).Last(e => e.Type == "partial");

        AssertSameShape(JsonDocument.Parse(MessageDocument.Partials).RootElement, some);
        AssertSameShape(JsonDocument.Parse(MessageDocument.Partials).RootElement, none);
        Assert.Equal((0, 5, 0), Counts(none));
        Assert.Equal("{}", none.GetProperty("partial_results").GetRawText());
        Assert.True(some.GetProperty("success").GetBoolean());
        Assert.Equal(id, some.Text("message_id"));
        Assert.Equal(["0", "1", "3"], some.GetProperty("partial_results").EnumerateObject().Select(p => p.Name));
        Assert.Equal(MessageStage.Translation(1), some.GetProperty("partial_results").Text("1")!.Trim());
        Assert.Contains("won't translate", some.GetProperty("failed_batches").Text("2"), StringComparison.Ordinal);
        Assert.Equal((3, 5, 60), Counts(some));
        Assert.Equal("in_progress", some.Text("status"));
        Assert.Equal(
            JsonDocument.Parse(piece.Json).RootElement.GetProperty("at").GetDateTimeOffset().ToUnixTimeMilliseconds(),
            Math.Round(some.GetProperty("last_updated").GetDouble() * 1000));

        stage.Engine.LetAll();
        var end = await stage.EndAsync(id);
        var all = await stage.PartialsAsync(id);
        Assert.Equal((4, 5, 80), Counts(all));
        Assert.Equal("failed", all.Text("status"));
        Assert.Equal(("failed", "items_failed"), (end.GetProperty("status").Text("status_type"), end.GetProperty("error").Text("code")));
        Assert.StartsWith("Translation failed: 1 part failed", end.GetProperty("status").Text("message"), StringComparison.Ordinal);
        Assert.Contains("GOAT", end.Text("content")!.ToUpperInvariant(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_message_is_a_job_like_any_other()
    {
        var answer = await stage.SubmitAsync(new { content = "Hello.", model_name = "some-model", target_language = "zh-TW", source_language = "en", format = "markdown" });
        var id = answer.Text("id")!;
        var end = await stage.EndAsync(id);

        var job = await stage.Client.JsonAsync($"/api/jobs/{id}");
        var input = await stage.Client.JsonAsync($"/api/jobs/{id}/input");
        Assert.Equal(id, answer.Text("message_id"));
        Assert.Equal("queued", answer.GetProperty("status").Text("status_type"));
        Assert.Equal(0, answer.GetProperty("status").GetProperty("progress").GetDouble());
        Assert.Equal(("translation", "succeeded", "openai"), (job.Text("kind"), job.Text("state"), job.Text("engine")));
        Assert.Equal(("Hello.", "some-model", "zh-TW"), (input.Text("text"), input.Text("model"), input.Text("targetLanguage")));
        Assert.Equal(("en", "markdown"), (input.Text("sourceLanguage"), input.Text("format")));
        Assert.Equal(await stage.Client.GetStringAsync($"/api/jobs/{id}/result"), end.Text("content"));
    }

    [Fact]
    public async Task Without_a_language_it_is_the_configured_one_and_a_key_makes_submitting_safe_to_repeat()
    {
        var ids = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/messages");
            request.Headers.Add("Idempotency-Key", "once");
            request.Content = WebServer.Json(new { content = "Only once." });
            using var response = await stage.Client.SendAsync(request);
            ids.Add((await WebServer.ReadAsync(response)).Text("id")!);
        }

        // The next test holds the engine: what this one asked of it has to be over.
        await stage.EndAsync(ids[0]);
        Assert.Single(ids.Distinct());
        Assert.Equal("en", (await stage.Client.JsonAsync($"/api/jobs/{ids[0]}/input")).Text("targetLanguage"));
    }

    [Fact]
    public async Task Whoever_asks_again_is_not_sent_the_same_again()
    {
        var id = await stage.SubmittedAsync(new { content = "Once more." });
        await stage.EndAsync(id);
        using var first = await stage.Client.GetAsync($"/messages/{id}");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/messages/{id}");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await stage.Client.SendAsync(request);

        Assert.Equal(System.Net.HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task A_canceled_message_says_so()
    {
        stage.Engine.Hold();
        var id = await stage.SubmittedAsync();
        await stage.ReachAsync(id, 0);

        await stage.Client.CancelAsync(id);
        var end = await stage.EndAsync(id);

        Assert.Equal(("canceled", "Translation canceled (10%)"), (end.GetProperty("status").Text("status_type"), end.GetProperty("status").Text("message")));
        Assert.Equal("canceled", (await stage.PartialsAsync(id)).Text("status"));
    }

    private static (int Completed, int Total, int Percentage) Counts(JsonElement partials) => (
        partials.GetProperty("completed_batches").GetInt32(), partials.GetProperty("total_batches").GetInt32(),
        partials.GetProperty("completion_percentage").GetInt32());

    /// <summary>Every field of the one is in the other, and of the same kind; the other may have more.</summary>
    private static void AssertSameShape(JsonElement printed, JsonElement served)
    {
        foreach (var field in printed.EnumerateObject())
        {
            Assert.True(served.TryGetProperty(field.Name, out var value), $"'{field.Name}' is missing in {served}");
            Assert.True(Kind(field.Value) == Kind(value), $"'{field.Name}' is {field.Value} in print and {value} here");
            if (field.Value.ValueKind == JsonValueKind.Object && field.Name != "partial_results")
                AssertSameShape(field.Value, value);
        }

        // A float is told from an integer, as many languages do.
        static string Kind(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => "boolean",
            JsonValueKind.Number => value.GetRawText().Contains('.', StringComparison.Ordinal) ? "float" : "integer",
            var kind => kind.ToString(),
        };
    }
}
