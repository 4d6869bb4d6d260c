using System.Net;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.DurableStreams;

/// <summary>What a reader of a durable stream is refused, and how.</summary>
public sealed class DurableRefusalTests(WebServer server) : IClassFixture<WebServer>
{
    [Theory]
    [InlineData("offset=rubbish", "invalid_offset")]
    [InlineData("offset=", "invalid_offset")]
    [InlineData("offset=17", "invalid_offset")]
    [InlineData("offset=-1&offset=-1", "invalid_offset")]
    [InlineData("live=sse", "invalid_offset")]
    [InlineData("live=long-poll", "invalid_offset")]
    [InlineData("offset=-1&live=websocket", "invalid_parameter")]
    [InlineData("offset=-1&live=long-poll&timeout=61", "invalid_parameter")]
    public async Task What_can_t_be_read_is_400(string query, string code)
    {
        var id = (await server.RunAsync()).Id();

        using var response = await server.Client.GetAsync($"/api/jobs/{id}/events/stream?{query}");

        await response.IsProblemAsync(400, code);
    }

    [Fact]
    public async Task A_job_that_is_not_there_is_404_one_that_was_deleted_410_and_writing_405()
    {
        var id = (await server.RunAsync()).Id();
        using var unknown = await server.Client.GetAsync($"/api/jobs/{new string('0', 32)}/events/stream?offset=-1&live=sse");
        using var written = await server.Client.PutAsync($"/api/jobs/{id}/events/stream", null);
        using var appended = await server.Client.PostAsync($"/api/jobs/{id}/log/stream", WebServer.Json(new { a = 1 }));
        using (await server.Client.DeleteAsync($"/api/jobs/{id}"))
        {
        }

        using var gone = await server.Client.GetAsync($"/api/jobs/{id}/log/stream");

        await unknown.IsProblemAsync(404, "job_not_found");
        Assert.Equal(HttpStatusCode.Gone, gone.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, written.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, appended.StatusCode);
    }
}
