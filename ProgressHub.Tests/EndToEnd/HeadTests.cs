using System.Net;
using ProgressHub.Tests.Support;

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
    [InlineData("/api/jobs/{id}/events", "text/event-stream")]
    [InlineData("/api/jobs/{id}/events?format=json", "application/json")]
    [InlineData("/api/jobs/{id}/events?format=csv", "text/csv")]
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
    [InlineData("/api/jobs/00000000000000000000000000000000/events", HttpStatusCode.NotFound)]
    public async Task What_cannot_be_got_has_no_head(string path, HttpStatusCode status)
    {
        using var head = await AskAsync(path);

        Assert.Equal(status, head.StatusCode);
    }

    [Theory]
    [InlineData("/api/events")]
    [InlineData("/api/progress/head-of-a-session")]
    [InlineData("/api/jobs/{running}/events")]
    public async Task The_head_of_a_stream_that_goes_on_comes_at_once_and_ends(string path)
    {
        var running = await server.Client.SubmitAsync(StreamServer.Quiet());

        using var head = await AskAsync(path.Replace("{running}", running, StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal("text/event-stream", head.Content.Headers.ContentType?.MediaType);
        Assert.True(head.Headers.CacheControl?.NoStore);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task The_head_of_a_stream_with_nothing_left_to_say_is_204()
    {
        var id = await server.FinishAsync();
        var last = (await server.Client.JsonAsync($"/api/jobs/{id}")).GetProperty("seq").GetInt64();

        using var head = await AskAsync($"/api/jobs/{id}/events?after={last}");

        Assert.Equal(HttpStatusCode.NoContent, head.StatusCode);
    }

    private async Task<HttpResponseMessage> AskAsync(string path) =>
        await server.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));
}
