using System.Net;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.Transcription;

/// <summary><c>GET /progress/{id}</c> and its stream.</summary>
public sealed class ProgressTests(DialectServer server) : IClassFixture<DialectServer>
{
    private static readonly string[] Order = ["uploading", "preprocessing", "transcribing", "completed"];

    [Fact]
    public async Task A_stream_goes_through_the_stages_without_falling_and_ends_with_completed()
    {
        var opening = EventStream.OpenAsync(server.Client, "/progress/stages/stream");
        using var response = await server.BeginAsync(
            "/transcribe", DialectServer.Form(DialectServer.Speech(30), ("model", "base")), ("X-Job-Id", "stages"));
        await using var stream = await opening.Soon();
        var items = await stream.RestAsync();
        var seen = items.Select(i => JsonElement.Parse(i.Data)).ToList();
        var progress = seen.Select(s => s.GetProperty("progress").GetInt32()).ToList();

        Assert.All(items, item => Assert.Equal("message", item.EventType));
        Assert.All(seen, s => Assert.Equal("status: String, progress: Number, message: String, job_id: String", DialectServer.Shape(s)));
        Assert.All(seen, s => Assert.Equal("stages", s.Text("job_id")));
        Assert.Equal(progress.Order(), progress);
        Assert.All(seen, s => Assert.InRange(s.GetProperty("progress").GetInt32(), Least(s.Text("status")!), Most(s.Text("status")!)));
        var places = seen.Select(s => Array.IndexOf(Order, s.Text("status"))).ToList();
        Assert.Equal(places.Order(), places);
        Assert.Equal(("completed", 100, "Transcription complete"), (seen[^1].Text("status"), progress[^1], seen[^1].Text("message")));
        Assert.Single(seen, s => s.Text("status") == "completed");
    }

    [Fact]
    public async Task While_an_engine_says_nothing_updates_go_on_coming()
    {
        var model = server.HeldModel();
        using var response = await server.BeginAsync("/transcribe", DialectServer.Form(DialectServer.Speech(), ("model", model)));
        await using var stream = await EventStream.OpenAsync(server.Client, $"/progress/{DialectServer.IdOf(response)}/stream");
        for (var update = 0; update < 8; update++)
            Assert.NotNull(await stream.NextAsync());

        server.Whisper.Open(model);
    }

    [Fact]
    public async Task What_fails_is_an_error_in_the_progress_and_ends_the_stream()
    {
        var model = server.HeldModel(exit: 1);
        using var response = await server.BeginAsync("/transcribe", DialectServer.Form(DialectServer.Speech(), ("model", model)));
        var id = DialectServer.IdOf(response);
        await using var stream = await EventStream.OpenAsync(server.Client, $"/progress/{id}/stream");
        server.Whisper.Open(model);
        var last = JsonElement.Parse((await stream.RestAsync())[^1].Data);

        var progress = await server.ProgressAsync(id);

        Assert.Equal(("error", 0), (last.Text("status"), last.GetProperty("progress").GetInt32()));
        Assert.Contains("ended in the middle", last.Text("message"), StringComparison.Ordinal);
        Assert.Equal(last.ToString(), progress.ToString());
    }

    [Fact]
    public async Task A_stream_that_is_resumed_after_the_end_has_nothing_left_to_say()
    {
        using var response = await server.BeginAsync("/transcribe", DialectServer.Form(DialectServer.Speech()));
        var id = DialectServer.IdOf(response);
        await DialectServer.BodyAsync(response);
        await using var stream = await EventStream.OpenAsync(server.Client, $"/progress/{id}/stream");
        var last = (await stream.RestAsync())[^1];

        using var resumed = await EventStream.AskAsync(server.Client, $"/progress/{id}/stream", last.EventId);

        Assert.Equal(HttpStatusCode.NoContent, resumed.StatusCode);
    }

    [Fact]
    public async Task A_stream_of_what_has_ended_tells_the_end_and_nothing_else()
    {
        using var response = await server.BeginAsync("/transcribe", DialectServer.Form(DialectServer.Speech()));
        var id = DialectServer.IdOf(response);
        await DialectServer.BodyAsync(response);
        await server.UntilAsync(id, "completed");

        await using var stream = await EventStream.OpenAsync(server.Client, $"/progress/{id}/stream");

        Assert.Equal("completed", JsonElement.Parse(Assert.Single(await stream.RestAsync()).Data).Text("status"));
    }

    [Theory]
    [InlineData("GET", "/transcribe")]
    [InlineData("DELETE", "/progress/nobody")]
    public async Task A_method_that_an_address_does_not_take_is_refused_in_the_same_shape(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await server.Client.SendAsync(request);
        var body = await DialectServer.BodyAsync(response);

        Assert.Equal((HttpStatusCode.MethodNotAllowed, "method_not_allowed"), (response.StatusCode, body.Text("code")));
        Assert.Equal("error: String, code: String", DialectServer.Shape(body));
    }

    [Fact]
    public async Task An_id_of_nothing_is_404_and_so_is_a_job_of_another_kind()
    {
        var translation = await server.Client.SubmitAsync(JobCalls.Pseudo("Hello"));
        foreach (var id in new[] { "nobody", new string('f', 32), translation, new string('x', 65), "%C3%BC" })
        {
            using var response = await server.Client.GetAsync($"/progress/{id}");
            var body = await DialectServer.BodyAsync(response);

            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Equal("job_not_found", body.Text("code"));
        }
    }

    private static int Least(string status) => status switch { "preprocessing" => 10, "transcribing" => 30, "completed" => 100, _ => 0 };

    private static int Most(string status) => status switch { "preprocessing" => 10, "transcribing" => 90, "completed" => 100, _ => 0 };
}
