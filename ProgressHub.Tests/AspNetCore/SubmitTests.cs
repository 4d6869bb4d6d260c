using System.Net;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore;

public sealed class SubmitTests(WebServer server) : IClassFixture<WebServer>
{
    [Fact]
    public async Task Submitting_answers_202_with_the_address_and_the_snapshot_of_a_durable_job()
    {
        using var response = await server.Client.PostAsync("/api/jobs", WebServer.Raw(
            """{"kind":"scripted","title":"Letter","tags":["home","work"],"input":{"text":"hello","run":"never"}}"""));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var snapshot = await WebServer.ReadAsync(response);
        var id = snapshot.Id();
        Assert.Matches("^[0-9a-f]{32}$", id);
        Assert.Equal($"/api/jobs/{id}", response.Headers.Location?.OriginalString);
        Assert.StartsWith("\"1-", response.Headers.ETag?.Tag, StringComparison.Ordinal);
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Letter", snapshot.Text("title"));
        Assert.Equal("queued", snapshot.Text("state"));
        Assert.Equal(1, snapshot.GetProperty("seq").GetInt64());
        Assert.Equal(["home", "work"], snapshot.GetProperty("tags").EnumerateArray().Select(t => t.GetString()));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", snapshot.Text("serverTime"));
        Assert.Equal(
            $$$"""{"self":"/api/jobs/{{{id}}}","events":"/api/jobs/{{{id}}}/events","partials":"/api/jobs/{{{id}}}/partials","result":"/api/jobs/{{{id}}}/result","watch":"/watch/{{{id}}}"}""",
            snapshot.GetProperty("links").GetRawText());
    }

    [Fact]
    public async Task The_same_idempotency_key_and_body_give_the_same_job_and_another_body_409()
    {
        var body = """{"kind":"scripted","input":{"text":"once"}}""";
        using var first = await SendAsync(body, "key-1");
        using var second = await SendAsync(body, "key-1");
        using var other = await SendAsync("""{"kind":"scripted","input":{"text":"twice"}}""", "key-1");

        Assert.Equal(HttpStatusCode.Accepted, second.StatusCode);
        Assert.Equal((await WebServer.ReadAsync(first)).Id(), (await WebServer.ReadAsync(second)).Id());
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        await other.IsProblemAsync(409, "idempotency_key_reused");
    }

    [Theory]
    [InlineData("")]
    [InlineData("has blanks")]
    [InlineData("has\ttabs")]
    [InlineData("256")]
    public async Task An_idempotency_key_that_is_not_visible_ASCII_of_255_characters_is_refused(string key)
    {
        using var response = await SendAsync(
            """{"kind":"scripted","input":{"text":"x"}}""", key == "256" ? new string('k', 256) : key);

        var problem = await response.IsProblemAsync(400, "invalid_idempotency_key");
        Assert.Equal("Idempotency-Key", problem.Text("property"));
    }

    [Fact]
    public async Task A_secret_of_the_input_is_neither_stored_nor_shown()
    {
        using var response = await server.Client.PostAsync("/api/jobs", WebServer.Raw(
            """{"kind":"scripted","input":{"text":"x","apiKey":"s3cret"}}"""));
        var id = (await WebServer.ReadAsync(response)).Id();

        Assert.Equal("""{"text":"x"}""", (await server.GetAsync($"/api/jobs/{id}/input")).GetRawText());
    }

    [Theory]
    [InlineData("", 400, "body_missing", null)]
    [InlineData("{", 400, "malformed_json", null)]
    [InlineData("{\"kind\":\"scripted\",}", 400, "malformed_json", null)]
    [InlineData("not json", 400, "malformed_json", null)]
    [InlineData("{\"kind\":\"scripted\",\"input\":{\"text\":\"\\ud800\"}}", 400, "malformed_json", null)]
    [InlineData("null", 400, "invalid_body", null)]
    [InlineData("[]", 400, "invalid_body", null)]
    [InlineData("{}", 400, "invalid_body", "kind")]
    [InlineData("{\"input\":{}}", 400, "invalid_body", "kind")]
    [InlineData("{\"KIND\":\"scripted\"}", 400, "invalid_body", "input")]
    [InlineData("{\"kind\":\"scripted\",\"input\":{},\"webhook\":{}}", 400, "invalid_body", "webhook.url")]
    [InlineData("{\"kind\":5,\"input\":{}}", 400, "invalid_body", "kind")]
    [InlineData("{\"kind\":null,\"input\":{}}", 400, "invalid_body", "kind")]
    [InlineData("{\"kind\":\" \",\"input\":{}}", 400, "invalid_body", "kind")]
    [InlineData("{\"kind\":\"scripted\"}", 400, "invalid_body", "input")]
    [InlineData("{\"kind\":\"scripted\",\"input\":[]}", 400, "invalid_body", "input")]
    [InlineData("{\"kind\":\"scripted\",\"input\":null}", 400, "invalid_body", "input")]
    [InlineData("{\"kind\":\"scripted\",\"input\":{},\"tags\":\"a\"}", 400, "invalid_body", "tags")]
    [InlineData("{\"kind\":\"a\",\"kind\":\"b\",\"input\":{}}", 400, "invalid_body", null)]
    [InlineData("{\"kind\":\"scripted\",\"input\":{\"text\":\"a\",\"text\":\"b\"}}", 400, "invalid_body", null)]
    [InlineData("{\"kind\":\"nope\",\"input\":{}}", 422, "unknown_kind", "kind")]
    [InlineData("{\"kind\":\"scripted\",\"input\":{}}", 422, "invalid_input", "input.text")]
    [InlineData("{\"kind\":\"scripted\",\"input\":{\"text\":\"x\"},\"tags\":[null]}", 422, "invalid_tag", "tags")]
    [InlineData("{\"kind\":\"scripted\",\"input\":{\"text\":\"x\"},\"webhook\":\"http://x\"}", 400, "invalid_body", "webhook")]
    [InlineData("{\"kind\":\"scripted\",\"input\":{\"text\":\"x\"},\"webhook\":{}}", 400, "invalid_body", null)]
    [InlineData("{\"kind\":\"scripted\",\"input\":{\"text\":\"x\"},\"webhook\":{\"url\":\"/relative\"}}", 422, "invalid_webhook_url", "webhook.url")]
    [InlineData("{\"kind\":\"scripted\",\"input\":{\"text\":\"x\"},\"webhook\":{\"url\":\"ftp://a.example/\"}}", 422, "invalid_webhook_url", "webhook.url")]
    [InlineData("{\"kind\":\"scripted\",\"input\":{\"text\":\"x\"},\"webhook\":{\"url\":\"http://u:p@a.example/\"}}", 422, "invalid_webhook_url", "webhook.url")]
    [InlineData("{\"kind\":\"scripted\",\"input\":{\"text\":\"x\"},\"webhook\":{\"url\":\"http://127.0.0.1/\"}}", 422, "webhook_address_not_allowed", "webhook.url")]
    [InlineData("{\"kind\":\"scripted\",\"input\":{\"text\":\"x\"},\"webhook\":{\"url\":\"http://[::ffff:10.0.0.1]/\"}}", 422, "webhook_address_not_allowed", "webhook.url")]
    [InlineData("{\"kind\":\"scripted\",\"input\":{\"text\":\"x\"},\"webhook\":{\"url\":\"http://a.example/\",\"events\":[]}}", 422, "invalid_webhook_events", "webhook.events")]
    [InlineData("{\"kind\":\"scripted\",\"input\":{\"text\":\"x\"},\"webhook\":{\"url\":\"http://a.example/\",\"events\":[\"nope\"]}}", 422, "invalid_webhook_events", "webhook.events")]
    [InlineData("{\"kind\":\"scripted\",\"input\":{\"text\":\"x\"},\"webhook\":{\"url\":\"http://a.example/\",\"secret\":\"whsec_c2hvcnQ=\"}}", 422, "invalid_webhook_secret", "webhook.secret")]
    [InlineData("{\"kind\":\"scripted\",\"input\":{\"text\":\"x\"},\"webhook\":{\"url\":\"http://a.example/\",\"secret\":\"plain\"}}", 422, "invalid_webhook_secret", "webhook.secret")]
    [InlineData("{\"kind\":\"scripted\",\"input\":{\"text\":\"busy\"}}", 429, "queue_full", null)]
    [InlineData("{\"kind\":\"scripted\",\"input\":{\"text\":\"explode\"}}", 500, "internal_error", null)]
    public async Task A_body_that_is_not_a_job_is_refused_with_a_code(string body, int status, string code, string? property)
    {
        using var response = await server.Client.PostAsync("/api/jobs", WebServer.Raw(body));

        var problem = await response.IsProblemAsync(status, code);
        if (property is not null)
            Assert.Equal(property, problem.Text("property"));
        if (status == 429)
            Assert.NotNull(response.Headers.RetryAfter);
    }

    [Fact]
    public async Task Malformed_JSON_is_refused_with_its_line_and_column()
    {
        using var response = await server.Client.PostAsync("/api/jobs", WebServer.Raw("{\n  \"kind\": \"scripted\",\n  oops\n}"));

        var problem = await response.IsProblemAsync(400, "malformed_json");
        Assert.Equal(3, problem.GetProperty("line").GetInt64());
        Assert.Equal(3, problem.GetProperty("column").GetInt64());
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_refused()
    {
        using var body = new ByteArrayContent([.. "{\"kind\":\"scripted\",\"input\":{\"text\":\""u8, 0xC3, 0x28, .. "\"}}"u8]);
        body.Headers.ContentType = new("application/json");
        using var response = await server.Client.PostAsync("/api/jobs", body);

        await response.IsProblemAsync(400, "invalid_utf8");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Another_media_type_is_refused_with_415(string type)
    {
        using var body = new ByteArrayContent("{}"u8.ToArray());
        body.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await server.Client.PostAsync("/api/jobs", body);

        await response.IsProblemAsync(415, "unsupported_media_type");
    }

    [Fact]
    public async Task A_text_of_3_MB_passes_and_a_body_above_the_limit_is_refused_with_413()
    {
        var text = new string('x', 3_000_000);
        using var accepted = await server.Client.PostAsync(
            "/api/jobs", WebServer.Json(new { kind = "scripted", input = new { text } }));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs")
        {
            Content = WebServer.Json(new { kind = "scripted", input = new { text = text + text + text } }),
        };
        request.Headers.ExpectContinue = true;
        using var refused = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        await refused.IsProblemAsync(413, "body_too_large");
    }

    [Fact]
    public async Task Ten_thousand_tags_and_endless_titles_are_refused()
    {
        var tags = Enumerable.Range(0, 10_000).Select(i => $"tag{i}");
        using var tagged = await server.Client.PostAsync(
            "/api/jobs", WebServer.Json(new { kind = "scripted", tags, input = new { text = "x" } }));
        using var titled = await server.Client.PostAsync(
            "/api/jobs", WebServer.Json(new { kind = "scripted", title = new string('t', 5000), input = new { text = "x" } }));

        Assert.Equal("tags", (await tagged.IsProblemAsync(422, "too_many_tags")).Text("property"));
        Assert.Equal("title", (await titled.IsProblemAsync(422, "title_too_long")).Text("property"));
    }

    [Fact]
    public async Task A_title_with_line_breaks_is_kept_as_one_line_and_markup_as_text()
    {
        var snapshot = await server.SubmitAsync(title: "a\r\nSet-Cookie: x=1\n<script>alert(1)</script>");

        Assert.Equal("a  Set-Cookie: x=1 <script>alert(1)</script>", snapshot.Text("title"));
    }

    [Fact]
    public async Task Header_nonsense_does_not_matter()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs")
        {
            Content = WebServer.Raw("""{"kind":"scripted","input":{"text":"x"}}"""),
        };
        foreach (var name in (string[])["Accept", "If-None-Match", "Accept-Language", "Last-Event-ID", "X-Forwarded-For"])
            request.Headers.TryAddWithoutValidation(name, ";;;=,\"<%00>");
        using var response = await server.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Fact]
    public async Task A_store_that_takes_no_writes_is_answered_503_and_nothing_was_created()
    {
        await using var broken = new WebServer();
        broken.Store.Broken = true;
        using var response = await broken.Client.PostAsync(
            "/api/jobs", WebServer.Raw("""{"kind":"scripted","input":{"text":"x"}}"""));

        await response.IsProblemAsync(503, "storage_unavailable");
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Empty((await broken.GetAsync("/api/jobs")).GetProperty("jobs").EnumerateArray());
    }

    private async Task<HttpResponseMessage> SendAsync(string body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/jobs") { Content = WebServer.Raw(body) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return await server.Client.SendAsync(request);
    }
}
