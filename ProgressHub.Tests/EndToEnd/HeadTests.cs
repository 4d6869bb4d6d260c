using System.Net;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>HEAD is GET without the body (RFC 9110, section 9.3.2).</summary>
public sealed class HeadTests(StreamServer server) : IClassFixture<StreamServer>
{
    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/jobs", "text/html")]
    [InlineData("/jobs/{id}", "text/html")]
    [InlineData("/watch/{id}", "text/html")]
    [InlineData("/css/app.css", "text/css")]
    [InlineData("/health/live", "application/json")]
    [InlineData("/health/ready", "application/json")]
    [InlineData("/metrics", "text/plain")]
    [InlineData("/api/jobs", "application/json")]
    [InlineData("/api/jobs/{id}", "application/json")]
    [InlineData("/api/jobs/{id}/result", "text/plain")]
    public async Task What_can_be_got_can_be_asked_for_its_head(string path, string type)
    {
        var address = path.Replace("{id}", await server.FinishAsync(), StringComparison.Ordinal);

        using var head = await AskAsync(address);
        using var get = await server.Client.GetAsync(address);

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(type, head.Content.Headers.ContentType?.MediaType);
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/api/nothing", HttpStatusCode.NotFound)]
    [InlineData("/api/jobs/00000000000000000000000000000000", HttpStatusCode.NotFound)]
    [InlineData("/api/jobs/00000000000000000000000000000000/cancel", HttpStatusCode.MethodNotAllowed)]
    [InlineData("/api/events", HttpStatusCode.MethodNotAllowed)]
    public async Task What_cannot_be_got_has_no_head(string path, HttpStatusCode status)
    {
        using var head = await AskAsync(path);

        Assert.Equal(status, head.StatusCode);
    }

    private async Task<HttpResponseMessage> AskAsync(string path) =>
        await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
}
