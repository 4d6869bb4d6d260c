using System.Text.Json;
using ProgressHub.Client;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.ClientLibrary;

/// <summary>The real server as a process, and what its log has, as a client of somebody else's reads it.</summary>
internal static class ClientServer
{
    public static ProgressHubClient Client(this ServerProcess server, HttpMessageHandler? handler = null) =>
        new(new ProgressHubClientOptions { BaseAddress = server.Address, Handler = handler });

    public static async Task<IReadOnlyList<JsonElement>> LogOfAsync(this ServerProcess server, string jobId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/jobs/{jobId}/events") { Headers = { { "Accept", "application/x-ndjson" } } };
        using var response = await server.Client.SendAsync(request);
        var lines = await response.Content.ReadAsStringAsync();
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
    }

    public static IEnumerable<string> Lines(this IEnumerable<JsonElement> log) =>
        log.Where(e => e.Text("type") == "log").Select(e => e.Text("message")!);
}

/// <summary>A connection that can be made to fail in the ways that networks do.</summary>
internal sealed class UnreliableHandler() : DelegatingHandler(new SocketsHttpHandler())
{
    /// <summary>True loses the answer to that request: the server has done what it was asked, and nobody hears of it.</summary>
    public Func<HttpRequestMessage, bool> LosesAnswer { get; set; } = static _ => false;

    /// <summary>Whether anything goes out at all.</summary>
    public bool IsCut { get; set; }

    public int Lost { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (IsCut)
            throw new HttpRequestException("The network is gone.");
        var response = await base.SendAsync(request, cancellationToken);
        if (!LosesAnswer(request))
            return response;
        response.Dispose();
        Lost++;
        throw new HttpRequestException("The answer is lost.");
    }
}
