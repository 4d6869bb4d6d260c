using System.Net;
using ProgressHub.Client;
using ProgressHub.Client.Http;
using ProgressHub.Client.Jobs;
using ProgressHub.Client.Watching;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Accounts;

/// <summary>The .NET client with a key.</summary>
[Collection(TokenCollection.Name)]
public sealed class ClientAccessTests(TokenServer server)
{
    public static TheoryData<WatchTransport> Transports => [.. Enum.GetValues<WatchTransport>()];

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_key_starts_a_job_and_watches_it_to_its_end(WatchTransport transport)
    {
        var user = await server.UserAsync();
        using var hub = new ProgressHubClient(Options(user));
        await using var job = await hub.StartAsync("Watched with a key");
        await job.CompleteAsync().Soon();

        JobUpdate? last = null;
        await foreach (var update in hub.WatchAsync(job.JobId, new WatchOptions { After = 0, Transports = [transport] }))
            last = update;

        Assert.Equal(JobState.Succeeded, last!.Snapshot.State);
    }

    [Fact]
    public async Task Where_no_header_can_be_sent_it_buys_a_ticket()
    {
        var user = await server.UserAsync();
        var (job, _) = await user.StartJobAsync();
        using var http = new HubHttp(Options(user));

        var ticket = await StreamTicket.BuyAsync(http, job, CancellationToken.None);

        using var stream = await EventStream.AskAsync(server.Anonymous, $"/api/jobs/{job}/events?ticket={ticket}");
        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
    }

    [Fact]
    public async Task The_JavaScript_client_with_a_key_watches_over_every_transport_as_in_a_browser()
    {
        var user = await server.UserAsync();
        var folder = Path.Combine(Repository.Root, "ProgressHub.Tests", "Clients");

        var said = await CommandRun.SucceedAsync(
            "npm", ["run", "--silent", "test:access"], folder, 5 * Patience.Limit,
            ("PROGRESSHUB_URL", server.Address.GetLeftPart(UriPartial.Authority)), ("PROGRESSHUB_KEY", user.Key));

        Assert.Matches(@"(?m)^\S* ?pass 5$", said);
        Assert.Matches(@"(?m)^\S* ?fail 0$", said);
        Assert.DoesNotContain(server.Logs.Lines, line => line.Contains(user.Key, StringComparison.Ordinal));
    }

    private ProgressHubClientOptions Options(TokenUser user) =>
        new() { BaseAddress = server.Address, AccessToken = _ => ValueTask.FromResult<string?>(user.Key) };
}
