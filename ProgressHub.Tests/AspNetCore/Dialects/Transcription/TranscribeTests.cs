using System.Net;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.Transcription;

/// <summary><c>POST /transcribe</c>: what it answers, when, and under which id.</summary>
public sealed class TranscribeTests(DialectServer server) : IClassFixture<DialectServer>
{
    [Fact]
    public async Task The_answer_has_the_text_and_the_id_and_the_native_job_has_the_same_facts()
    {
        using var response = await server.BeginAsync("/transcribe", DialectServer.Form(DialectServer.Speech(), ("model", "base")));
        var body = await DialectServer.BodyAsync(response);
        var id = DialectServer.IdOf(response);
        var native = await server.Client.JsonAsync($"/api/jobs/{id}");
        var result = await server.Client.JsonAsync($"/api/jobs/{id}/result?format=json");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(
            "text: String, job_id: String, language: String, duration: Number, segments: Array, model: String, engine: String",
            DialectServer.Shape(body));
        Assert.Equal(("Hello there. 你好 😀", id, "whisper"), (body.Text("text"), body.Text("job_id"), body.Text("engine")));
        Assert.Equal("id: Number, start: Number, end: Number, text: String", DialectServer.Shape(body.GetProperty("segments")[1]));
        Assert.Equal(body.Text("text"), result.Text("text"));
        Assert.Equal(("transcription", "succeeded", "audio.wav"), (native.Text("kind"), native.Text("state"), native.Text("title")));
        Assert.Equal(id, DialectServer.NativeIdOf(response));
    }

    [Theory]
    [InlineData("a1b2c3d4"), InlineData("3f2504e0-4f89-11d3-9a0c-0305e82c3301"), InlineData("run:7~%41")]
    public async Task A_chosen_id_is_the_one_in_every_answer_wherever_it_was_said(string id)
    {
        var escaped = Uri.EscapeDataString(id);
        (string Path, MultipartFormDataContent Form, (string, string)[] Headers)[] ways =
        [
            ("/transcribe", DialectServer.Form(DialectServer.Speech(), ("model", "base"), ("job_id", id + "1")), []),
            ($"/transcribe?job_id={escaped}2", DialectServer.Form(DialectServer.Speech()), []),
            ("/transcribe", DialectServer.Form(DialectServer.Speech()), [("X-Job-Id", id + "3")]),
            ("/v1/audio/transcriptions", DialectServer.Form(DialectServer.Speech(), ("model", "whisper-1"), ("job_id", id + "4")), []),
        ];
        foreach (var (index, (path, form, headers)) in ways.Index())
        {
            var chosen = $"{id}{index + 1}";
            using var response = await server.BeginAsync(path, form, headers);
            var body = await DialectServer.BodyAsync(response);
            var progress = await server.ProgressAsync(Uri.EscapeDataString(chosen));
            var native = await server.Client.JsonAsync($"/api/jobs/{DialectServer.NativeIdOf(response)}");

            Assert.Equal(chosen, DialectServer.IdOf(response));
            Assert.Equal(chosen, body.Text("job_id"));
            Assert.Equal(chosen, progress.Text("job_id"));
            Assert.Equal("succeeded", native.Text("state"));
        }

        using var again = await server.BeginAsync("/transcribe", DialectServer.Form(DialectServer.Speech(), ("job_id", id + "1")));
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal("job_id_taken", (await DialectServer.BodyAsync(again)).Text("code"));
    }

    [Fact]
    public async Task The_headers_come_before_the_work_is_done_and_their_id_leads_to_its_progress()
    {
        var model = server.HeldModel();
        using var response = await server.BeginAsync("/transcribe", DialectServer.Form(DialectServer.Speech(), ("model", model)));
        var body = response.Content.ReadAsStringAsync();
        var progress = await server.UntilAsync(DialectServer.IdOf(response), "transcribing");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(body.IsCompleted);
        Assert.Equal("status: String, progress: Number, message: String, job_id: String", DialectServer.Shape(progress));
        Assert.InRange(progress.GetProperty("progress").GetInt32(), 30, 90);
        server.Whisper.Open(model);
        Assert.Equal("Held.", JsonElement.Parse(await body.Soon()).Text("text"));
    }

    [Theory]
    [InlineData("?async=true", null), InlineData("", "respond-async"), InlineData("", "handling=lenient, respond-async; wait=5")]
    public async Task Who_does_not_wait_is_answered_at_once_and_told_where_to_ask(string query, string? prefer)
    {
        foreach (var path in new[] { "/transcribe", "/v1/audio/transcriptions" })
        {
            var model = server.HeldModel();
            (string, string)[] headers = prefer is null ? [] : [("Prefer", prefer)];
            using var response = await server.BeginAsync(path + query, DialectServer.Form(DialectServer.Speech(), ("model", model)), headers);
            var body = await DialectServer.BodyAsync(response);
            var id = body.Text("job_id")!;

            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            Assert.Equal($"/progress/{id}", response.Headers.Location?.ToString());
            Assert.Equal(prefer is not null, response.Headers.Contains("Preference-Applied"));
            Assert.Equal(id, DialectServer.IdOf(response));
            Assert.NotEqual("completed", body.Text("status"));
            server.Whisper.Open(model);
            await server.UntilAsync(id, "completed");
            Assert.Equal("Held.", (await server.Client.JsonAsync(body.Text("result_url") + "?format=json")).Text("text"));
        }
    }

    [Fact]
    public async Task Whoever_leaves_before_the_answer_leaves_a_job_that_goes_on()
    {
        var model = server.HeldModel();
        using var gone = new CancellationTokenSource();
        var response = await server.BeginAsync("/transcribe", DialectServer.Form(DialectServer.Speech(), ("model", model)), gone.Token);
        var id = DialectServer.IdOf(response);
        await server.UntilAsync(id, "transcribing");

        await gone.CancelAsync();
        response.Dispose();
        server.Whisper.Open(model);

        await server.UntilAsync(id, "completed");
        Assert.Equal("succeeded", (await server.Client.JsonAsync($"/api/jobs/{id}")).Text("state"));
    }

    [Fact]
    public async Task The_upload_is_followed_under_a_chosen_id_and_fields_behind_a_large_file_count()
    {
        var model = server.HeldModel();
        var speech = DialectServer.Speech(seconds: 300);
        using var all = DialectServer.Form(speech, ("model", model), ("language", "en"));
        var bytes = await all.ReadAsByteArrayAsync();
        using var content = new HeldContent(bytes.Length);
        content.Headers.ContentType = all.Headers.ContentType;
        await using var stream = await OpenEarlyAsync("big-upload", async () =>
        {
            content.Send(bytes[..(bytes.Length / 2)]);
            return await Task.FromResult(server.BeginAsync("/transcribe", content, ("X-Job-Id", "big-upload")));
        });
        var uploading = await NextAsync(stream.Stream, "uploading", "Receiving");

        content.Send(bytes[(bytes.Length / 2)..]);
        content.End();
        server.Whisper.Open(model);
        using var response = await stream.Answer;
        var body = await DialectServer.BodyAsync(response);
        var input = await server.Client.JsonAsync($"/api/jobs/{DialectServer.NativeIdOf(response)}/input");

        Assert.Equal(0, uploading.GetProperty("progress").GetInt32());
        Assert.Matches(@"^Receiving audio\.wav \([0-9.]+ of 9\.6 MB\)$", uploading.Text("message"));
        Assert.Equal("Held.", body.Text("text"));
        Assert.Equal((model, "en", "whisper"), (input.Text("model"), input.Text("language"), input.Text("engine")));
    }

    private static async Task<JsonElement> NextAsync(EventStream stream, string status, string message)
    {
        while (true)
        {
            var next = JsonElement.Parse((await stream.NextAsync())!.Value.Data);
            if (next.Text("status") == status && next.Text("message")!.StartsWith(message, StringComparison.Ordinal)
                && next.Text("message")!.Contains('('))
                return next;
        }
    }

    private async Task<Early> OpenEarlyAsync(string id, Func<Task<Task<HttpResponseMessage>>> post)
    {
        // A page opens its stream right after it has begun to send: here even before.
        var stream = EventStream.OpenAsync(server.Client, $"/progress/{id}/stream");
        using var absent = await server.Client.GetAsync($"/progress/{id}");
        Assert.Equal(HttpStatusCode.NotFound, absent.StatusCode);
        var answer = await post();
        return new Early(await stream.Soon(), answer);
    }

    private sealed record Early(EventStream Stream, Task<HttpResponseMessage> Answer) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Stream.DisposeAsync();
    }
}
