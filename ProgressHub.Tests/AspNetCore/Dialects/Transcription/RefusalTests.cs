using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.Transcription;

/// <summary>What is no request, no recording, or fails on the way: told with its status while that is possible, and never as a result.</summary>
public sealed class RefusalTests(DialectServer server) : IClassFixture<DialectServer>
{
    private const string Plain = "/transcribe";
    private const string OpenAI = "/v1/audio/transcriptions";

    public static TheoryData<string, string, int, string> Nonsense => new()
    {
        { "json", Plain, 415, "unsupported_media_type" }, { "json", OpenAI, 415, "unsupported_media_type" },
        { "nothing", Plain, 415, "unsupported_media_type" }, { "nothing", OpenAI, 415, "unsupported_media_type" },
        { "no file", Plain, 400, "missing_required_parameter" }, { "no file", OpenAI, 400, "missing_required_parameter" },
        { "no boundary", Plain, 400, "malformed_multipart" }, { "cut", OpenAI, 400, "malformed_multipart" },
        { "two files", Plain, 400, "too_many_files" }, { "empty", Plain, 422, "empty_file" }, { "empty", OpenAI, 400, "empty_file" },
        { "junk", Plain, 415, "not_audio" }, { "junk", OpenAI, 400, "not_audio" },
        { "noise", Plain, 415, "not_audio" }, { "noise", OpenAI, 400, "not_audio" },
        { "long field", Plain, 400, "field_too_long" }, { "not text", OpenAI, 400, "invalid_utf8" },
        { "bad id", Plain, 400, "invalid_job_id" }, { "two ids", Plain, 400, "invalid_job_id" }, { "bad async", Plain, 400, "invalid_parameter" },
        { "many parts", OpenAI, 400, "too_many_parts" }, { "too large", Plain, 413, "file_too_large" }, { "too large", OpenAI, 413, "file_too_large" },
        { "no model", OpenAI, 400, "missing_required_parameter" }, { "grammar of stream", OpenAI, 400, "unsupported_value" },
    };

    [Theory, MemberData(nameof(Nonsense))]
    public async Task Nonsense_is_refused_in_the_routes_own_shape(string what, string path, int status, string code)
    {
        var (query, content, headers) = Make(what);
        using var response = await server.BeginAsync(path + query, content, headers);
        var text = await response.Content.ReadAsStringAsync();
        var body = JsonElement.Parse(text);

        Assert.True(status == (int)response.StatusCode, $"{response.StatusCode}: {text}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        if (path == OpenAI)
        {
            Assert.Equal("message, type, param, code", string.Join(", ", body.GetProperty("error").EnumerateObject().Select(p => p.Name)));
            Assert.Equal(("invalid_request_error", code), (body.GetProperty("error").Text("type"), body.GetProperty("error").Text("code")));
        }
        else
        {
            Assert.Equal(code, body.Text("code"));
            Assert.NotEmpty(body.Text("error")!);
        }

        server.Server.AssertCalm();
    }

    [Theory]
    [InlineData(Plain, null), InlineData(OpenAI, null), InlineData(OpenAI, "srt")]
    public async Task What_fails_after_the_headers_cuts_the_connection_behind_the_error(string path, string? format)
    {
        var model = server.HeldModel(exit: 1);
        (string, string)[] fields = format is null ? [("model", model)] : [("model", model), ("response_format", format)];
        using var response = await server.BeginAsync(path, DialectServer.Form(DialectServer.Speech(), fields));
        await using var body = await response.Content.ReadAsStreamAsync();
        server.Whisper.Open(model);

        using var kept = new MemoryStream();
        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(kept).Soon());

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var said = Encoding.UTF8.GetString(kept.ToArray());
        Assert.Contains("ended in the middle", said, StringComparison.Ordinal);
        Assert.StartsWith("{\"error\":", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_that_breaks_off_fails_its_job()
    {
        using var all = DialectServer.Form(DialectServer.Speech(30), ("model", "base"));
        var bytes = await all.ReadAsByteArrayAsync();
        using var content = new HeldContent(bytes.Length);
        content.Headers.ContentType = all.Headers.ContentType;
        content.Send(bytes[..1000]);
        var answer = server.BeginAsync(Plain, content, ("X-Job-Id", "broken-off"));
        await server.UntilAsync("broken-off", "uploading");

        content.Break();

        await Assert.ThrowsAnyAsync<Exception>(() => answer);
        var progress = await server.UntilAsync("broken-off", "error");
        Assert.Contains("send it again", progress.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAIs_other_addresses_and_wrong_methods_are_refused_in_its_shape()
    {
        using var chat = await server.Client.PostAsync("/v1/chat/completions", WebServer.Json(new { model = "x" }));
        using var wrong = await server.Client.GetAsync(OpenAI);
        using var model = await server.Client.GetAsync("/v1/models/gpt-5");
        using var known = await server.Client.GetAsync("/v1/models/base");

        foreach (var (response, status, code) in new[] { (chat, 404, "not_found"), (wrong, 405, "method_not_allowed"), (model, 404, "model_not_found") })
        {
            Assert.Equal(status, (int)response.StatusCode);
            Assert.Equal(code, (await DialectServer.BodyAsync(response)).GetProperty("error").Text("code"));
        }

        Assert.Equal("id: String, object: String, created: Number, owned_by: String", DialectServer.Shape(await DialectServer.BodyAsync(known)));
    }

    private static (string Query, HttpContent Content, (string, string)[] Headers) Make(string what)
    {
        var speech = DialectServer.Speech();
        var (query, headers) = ("", Array.Empty<(string, string)>());
        HttpContent content = what switch
        {
            "json" => WebServer.Json(new { model = "base" }),
            "nothing" => new ByteArrayContent([]),
            "no file" => DialectServer.Form(null, ("model", "base")),
            "no model" => DialectServer.Form(speech),
            "no boundary" => new ByteArrayContent([1, 2, 3]),
            "empty" => DialectServer.Form([], ("model", "base")),
            "junk" => DialectServer.Form(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("no sound ", 100))), ("model", "base")),
            "noise" => DialectServer.Form([.. Enumerable.Range(0, 3000).Select(i => (byte)((i * 7919) % 251))], ("model", "base")),
            "long field" => DialectServer.Form(speech, ("prompt", new string('x', 20_000))),
            "bad id" => DialectServer.Form(speech, ("job_id", "a/b")),
            "grammar of stream" => DialectServer.Form(speech, ("model", "base"), ("stream", "true"), ("response_format", "srt")),
            "many parts" => DialectServer.Form(speech, [("model", "base"), .. Enumerable.Range(0, 100).Select(i => ($"f{i}", "x"))]),
            "too large" => DialectServer.Form(new byte[20_000_100], ("model", "base")),
            _ => DialectServer.Form(speech, ("model", "base")),
        };
        switch (what)
        {
            case "no boundary":
                content.Headers.ContentType = new MediaTypeHeaderValue("multipart/form-data");
                break;
            case "two files":
                ((MultipartFormDataContent)content).Add(new ByteArrayContent(speech), "file", "b.wav");
                break;
            case "not text":
                ((MultipartFormDataContent)content).Add(new ByteArrayContent([0xFF, 0xFE, 0xFD]), "prompt");
                break;
            case "cut":
                var type = content.Headers.ContentType;
                content = new ByteArrayContent(content.ReadAsByteArrayAsync().GetAwaiter().GetResult()[..5000]);
                content.Headers.ContentType = type;
                break;
            case "two ids":
                (query, headers) = ("?job_id=one", [("X-Job-Id", "two")]);
                break;
            case "bad async":
                query = "?async=perhaps";
                break;
        }

        return (query, content, headers);
    }
}
