using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore;

/// <summary>Whom an answer lets read it goes by the origin, so caches on the way must tell origins apart.</summary>
public sealed class VaryTests(VaryTests.OpenServer server) : IClassFixture<VaryTests.OpenServer>
{
    private const string Friend = "https://friend.example";

    [Theory]
    [InlineData("/api/jobs")]
    [InlineData("/api/workloads")]
    [InlineData("/api/jobs/00000000000000000000000000000000")]
    [InlineData("/api/nothing")]
    [InlineData("/messages/00000000000000000000000000000000")]
    [InlineData("/openapi/v1.json")]
    public async Task An_answer_says_that_it_goes_by_the_origin_whoever_asked(string path)
    {
        foreach (var origin in (string?[])[null, Friend])
        {
            using var response = await AskAsync(path, origin);

            Assert.Single(response.Headers.Vary, "Origin");
        }
    }

    [Fact]
    public async Task What_goes_by_the_accepted_type_too_says_both_once()
    {
        var id = (await server.RunAsync()).Id();
        foreach (var origin in (string?[])[null, Friend])
        {
            using var events = await AskAsync($"/api/jobs/{id}/events?format=json", origin);
            using var result = await AskAsync($"/api/jobs/{id}/result", origin);

            Assert.Equal(["Accept", "Origin"], events.Headers.Vary.Order());
            Assert.Equal(["Accept", "Origin"], result.Headers.Vary.Order());
        }
    }

    [Fact]
    public async Task An_answer_that_nothing_changed_says_it_too()
    {
        var id = (await server.RunAsync()).Id();
        using var first = await AskAsync($"/api/jobs/{id}", null);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/jobs/{id}");
        request.Headers.TryAddWithoutValidation("If-None-Match", first.Headers.ETag!.ToString());
        using var same = await server.Client.SendAsync(request);

        Assert.Equal(304, (int)same.StatusCode);
        Assert.Contains("Origin", same.Headers.Vary);
    }

    private async Task<HttpResponseMessage> AskAsync(string path, string? origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (origin is not null)
            request.Headers.TryAddWithoutValidation("Origin", origin);
        return await server.Client.SendAsync(request);
    }

    public sealed class OpenServer : WebServer
    {
        protected override Dictionary<string, string?> Settings => new() { ["Auth:AllowedOrigins:0"] = Friend };
    }
}
