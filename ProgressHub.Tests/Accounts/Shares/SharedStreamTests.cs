using System.Net;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Execution;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Accounts.Shares;

/// <summary>What is open by a share ends with it, whatever it goes over.</summary>
[Collection(TokenCollection.Name)]
public sealed class SharedStreamTests(TokenServer server)
{
    private static readonly string[] Streams = ["/api/jobs/{job}/events", "/api/jobs/{job}/events/stream?live=sse&offset=now"];

    private SharedWatches Watches => server.Services.GetRequiredService<SharedWatches>();

    [Fact]
    public async Task Taken_back_from_somebody_it_ends_their_streams_polls_and_watches_of_the_hub()
    {
        var (owner, reader) = (await server.UserAsync(), await server.UserAsync());
        var (job, _) = await owner.StartJobAsync();
        var share = await owner.ShareAsync(job, reader);
        var streams = await OpenAsync(reader.Client, job);
        var seq = (await reader.Client.AskAsync(HttpMethod.Get, $"/api/jobs/{job}")).Body.GetProperty("seq").GetInt64();
        var poll = reader.Client.GetAsync($"/api/jobs/{job}?wait=60&after={seq + 1000}");
        await using var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(server.Address, "/hubs/jobs"), options => options.Headers["Authorization"] = $"Bearer {reader.Key}").Build();
        await hub.StartAsync();
        await hub.InvokeAsync<System.Text.Json.JsonElement>("Watch", job, (long?)null);
        await Patience.UntilAsync(() => Watches.Count == Streams.Length + 2, "all of it is open");
        await using var own = await EventStream.OpenAsync(owner.Client, $"/api/jobs/{job}/events");
        Assert.NotNull(await own.NextAsync());

        await owner.RevokeAsync(job, share);

        await EndAsync(streams);
        using var answer = await poll.Soon();
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        await Patience.UntilAsync(() => Watches.Count == 0, "the hub's watch has ended");

        // The owner's goes on.
        await owner.Client.AskAsync(HttpMethod.Post, $"/api/jobs/{job}/cancel");
        Assert.NotNull(await own.NextAsync());
    }

    [Fact]
    public async Task A_revoked_link_ends_the_streams_of_whoever_opened_it()
    {
        var owner = await server.UserAsync();
        var (job, _) = await owner.StartJobAsync();
        var (id, link) = await owner.LinkAsync(job);
        using var visitor = await server.OpenLinkAsync(link, job);
        var streams = await OpenAsync(visitor, job);

        await owner.RevokeAsync(job, id);

        await EndAsync(streams);
        Assert.Equal(HttpStatusCode.Unauthorized, (await visitor.AskAsync(HttpMethod.Get, $"/api/jobs/{job}")).Status);
    }

    [Fact]
    public async Task A_share_whose_time_is_over_ends_them_too()
    {
        var (owner, reader) = (await server.UserAsync(), await server.UserAsync());
        var (job, _) = await owner.StartJobAsync();
        await owner.ShareAsync(job, reader, until: TimeProvider.System.GetUtcNow().AddSeconds(4));

        var streams = await OpenAsync(reader.Client, job);

        await EndAsync(streams);
        Assert.Equal(HttpStatusCode.NotFound, (await reader.Client.AskAsync(HttpMethod.Get, $"/api/jobs/{job}")).Status);
    }

    private static async Task<List<EventStream>> OpenAsync(HttpClient client, string job)
    {
        var streams = new List<EventStream>();
        foreach (var path in Streams)
            streams.Add(await EventStream.OpenAsync(client, path.Replace("{job}", job, StringComparison.Ordinal)));
        return streams;
    }

    private static async Task EndAsync(List<EventStream> streams)
    {
        foreach (var stream in streams)
        {
            try
            {
                while (await stream.NextAsync() is not null)
                {
                    // What was said before is still read.
                }
            }
            catch (Exception cut) when (cut is IOException or HttpRequestException)
            {
                // That is how a request ends whose caller may do nothing any more.
            }

            await stream.DisposeAsync();
        }
    }
}
