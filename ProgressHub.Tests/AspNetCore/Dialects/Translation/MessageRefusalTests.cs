using System.Net;
using System.Text;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.Translation;

/// <summary>Whatever is wrong is said in the dialect's own shape.</summary>
[Collection(MessageCollection.Name)]
public sealed class MessageRefusalTests(MessageStage stage)
{
    [Theory]
    [InlineData("""{"content": "a",""", 400, "malformed_json", null)]
    [InlineData("[]", 400, "invalid_body", null)]
    [InlineData("null", 400, "invalid_body", null)]
    [InlineData("{}", 422, "empty_text", "content")]
    [InlineData("""{"text": "a"}""", 422, "empty_text", "content")]
    [InlineData("""{"content": null}""", 422, "empty_text", "content")]
    [InlineData("""{"content": 7}""", 400, "invalid_body", "content")]
    [InlineData("""{"content": "a", "api_key": ["x"]}""", 400, "invalid_body", "api_key")]
    [InlineData("""{"content": "a", "content": "b"}""", 400, "invalid_body", "content")]
    [InlineData("""{"content": "\ud800"}""", 400, "malformed_json", null)]
    [InlineData("""{"content": "  \n "}""", 422, "empty_text", "content")]
    [InlineData("""{"content": "a", "target_language": "Klingon!"}""", 422, "invalid_input", "target_language")]
    [InlineData("""{"content": "a", "source_language": "../x"}""", 422, "invalid_input", "source_language")]
    [InlineData("""{"content": "a", "format": "docx"}""", 422, "unknown_format", "format")]
    [InlineData("""{"content": "a", "model_name": "claude-3-haiku-20240307"}""", 422, "engine_unavailable", "model_name")]
    [InlineData("""{"content": "a", "model_name": "claude-3-haiku-20240307", "api_key": "  "}""", 422, "engine_unavailable", "model_name")]
    public async Task Nonsense_is_refused_before_there_is_a_job(string body, int status, string code, string? property)
    {
        using var response = await stage.Client.PostAsync("/messages", WebServer.Raw(body));

        var error = await RefusedAsync(response, status, code);
        Assert.Equal(property, error.TryGetProperty("property", out var named) ? named.GetString() : null);
    }

    [Fact]
    public async Task A_text_that_is_too_long_no_text_and_no_JSON_are_refused()
    {
        using var tooLong = await stage.Client.PostAsync("/messages", WebServer.Json(new { content = new string('a', (2 * 1024 * 1024) + 1) }));
        using var none = await stage.Client.PostAsync("/messages", null);
        using var plain = await stage.Client.PostAsync("/messages", new StringContent("content=a", Encoding.UTF8, "text/plain"));

        var error = await RefusedAsync(tooLong, 422, "text_too_long");
        Assert.StartsWith("'content' has 2,097,153 bytes", error.Text("message"), StringComparison.Ordinal);
        await RefusedAsync(none, 400, "body_missing");
        await RefusedAsync(plain, 415, "unsupported_media_type");
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("DELETE", "/abc-123")]
    [InlineData("POST", "/abc-123/partial")]
    public async Task A_method_that_an_address_does_not_take_is_refused_too(string method, string tail)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/messages{tail}");
        using var response = await stage.Client.SendAsync(request);

        await RefusedAsync(response, 405, "method_not_allowed");
        Assert.NotEmpty(response.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/partial")]
    public async Task What_is_not_there_is_404_and_what_is_gone_is_410(string tail)
    {
        using var made = await stage.Client.PostAsync("/api/jobs", WebServer.Json(new { kind = "external", input = new { } }));
        var other = (await WebServer.ReadAsync(made)).Id();
        var id = await stage.SubmittedAsync(new { content = "Soon gone." });
        await stage.EndAsync(id);
        (await stage.Client.DeleteAsync($"/api/jobs/{id}")).Dispose();

        foreach (var unknown in (string[])["abc-123", new string('0', 32), other])
        {
            using var response = await stage.Client.GetAsync($"/messages/{unknown}{tail}");
            await RefusedAsync(response, 404, "job_not_found");
        }

        using var gone = await stage.Client.GetAsync($"/messages/{id}{tail}");
        await RefusedAsync(gone, 410, "job_purged");
    }

    [Fact]
    public async Task A_browser_that_opens_one_gets_data_too()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/messages/nobody");
        request.Headers.Accept.ParseAdd("text/html");

        using var response = await stage.Client.SendAsync(request);

        await RefusedAsync(response, 404, "job_not_found");
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> RefusedAsync(HttpResponseMessage response, int status, string code)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True((HttpStatusCode)status == response.StatusCode, $"Expected {status} {code}, got {response.StatusCode}: {body}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var refusal = JsonDocument.Parse(body).RootElement;
        Assert.False(refusal.GetProperty("success").GetBoolean());
        var error = refusal.GetProperty("error");
        Assert.Equal(code, error.Text("code"));
        Assert.NotEmpty(error.Text("message")!);
        Assert.DoesNotContain("Exception", body, StringComparison.Ordinal);
        return error;
    }
}
