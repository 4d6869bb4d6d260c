using System.Net;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Accounts;

/// <summary>Access that is taken back, or is over, ends what is open with it, whatever the transport.</summary>
[Collection(TokenCollection.Name)]
public sealed class TakenBackTests(TokenServer server)
{
    private static readonly string[] Streams =
    [
        "/api/jobs/{job}/events", "/api/events", "/api/jobs/{job}/events/stream?live=sse&offset=now", "/api/progress/any-session",
    ];

    [Fact]
    public Task A_revoked_key_ends_streams_and_watches_of_the_hub() => EndsAsync(
        static user => Task.FromResult(user.Key),
        async (user, admin) =>
        {
            using var browser = await server.SignInAsync(user.Name);
            Assert.Equal(HttpStatusCode.NoContent, (await browser.AskAsync(HttpMethod.Delete, $"/api/account/keys/{user.KeyId}")).Status);
        });

    [Fact]
    public Task A_disabled_account_ends_them() => EndsAsync(
        static user => Task.FromResult(user.Key),
        static async (user, admin) => Assert.Equal(
            HttpStatusCode.OK, (await admin.AskAsync(HttpMethod.Patch, $"/api/accounts/{user.Id}", new { enabled = false })).Status));

    [Fact]
    public async Task A_token_that_is_over_ends_them()
    {
        var lifetime = TimeSpan.FromSeconds(10);
        using var client = server.Client(server.Issuer.Issue("eve", lifetime, claims: [("scope", "jobs:read jobs:write")]));
        var (_, job) = await client.AskAsync(HttpMethod.Post, "/api/jobs", new { kind = "external", input = new { } });

        await using var stream = await EventStream.OpenAsync(client, $"/api/jobs/{job.Id()}/events");

        await EndAsync(stream);
        Assert.Equal(HttpStatusCode.Unauthorized, (await client.AskAsync(HttpMethod.Get, $"/api/jobs/{job.Id()}")).Status);
    }

    [Fact]
    public async Task A_session_that_has_ended_ends_what_its_tickets_opened()
    {
        var user = await server.UserAsync();
        var (job, _) = await user.StartJobAsync();
        using var browser = await server.SignInAsync(user.Name);
        var ticket = (await browser.AskAsync(HttpMethod.Post, "/api/tickets", new { job })).Body.GetProperty("ticket").GetString();
        var unused = (await browser.AskAsync(HttpMethod.Post, "/api/tickets", new { job })).Body.GetProperty("ticket").GetString();
        await using var byCookie = await EventStream.OpenAsync(browser, $"/api/jobs/{job}/events");
        await using var byTicket = await EventStream.OpenAsync(server.Anonymous, $"/api/jobs/{job}/events?ticket={ticket}");
        await using var byKey = await EventStream.OpenAsync(user.Client, $"/api/jobs/{job}/events");
        Assert.NotNull(await byKey.NextAsync());

        using var left = await TokenServer.PostFormAsync(browser, "/sign-in", "/sign-out");

        await EndAsync(byCookie);
        await EndAsync(byTicket);
        using var late = await EventStream.AskAsync(server.Anonymous, $"/api/jobs/{job}/events?ticket={unused}");
        Assert.Equal(HttpStatusCode.Unauthorized, late.StatusCode);

        // What another of the person's ways in has opened goes on.
        await user.Client.AskAsync(HttpMethod.Post, $"/api/jobs/{job}/cancel");
        Assert.NotNull(await byKey.NextAsync());
    }

    [Fact]
    public async Task A_request_that_waits_for_news_ends_too()
    {
        var user = await server.UserAsync();
        var (job, _) = await user.StartJobAsync();
        var seq = (await user.Client.AskAsync(HttpMethod.Get, $"/api/jobs/{job}")).Body.GetProperty("seq").GetInt64();
        var waiting = user.Client.GetAsync($"/api/jobs/{job}?wait=60&after={seq + 1000}");
        var open = server.Services.GetRequiredService<OpenRequests>();
        await Patience.UntilAsync(() => open.CountOf($"key:{user.KeyId}") == 1, "the request is open");

        await server.Administrator.Client.AskAsync(HttpMethod.Patch, $"/api/accounts/{user.Id}", new { enabled = false });

        await Assert.ThrowsAsync<HttpRequestException>(() => waiting.Soon());
    }

    /// <summary>Opens one of each with what somebody shows, takes it back, and waits for the end of all.</summary>
    private async Task EndsAsync(Func<TokenUser, Task<string>> credential, Func<TokenUser, HttpClient, Task> takeBack)
    {
        var user = await server.UserAsync();
        var (job, _) = await user.StartJobAsync();
        using var client = server.Client(await credential(user));
        var streams = new List<EventStream>();
        foreach (var path in Streams)
            streams.Add(await EventStream.OpenAsync(client, path.Replace("{job}", job, StringComparison.Ordinal)));
        await using var hub = new HubConnectionBuilder()
            .WithUrl(new Uri(server.Address, "/hubs/jobs"), options =>
            {
                options.Transports = HttpTransportType.WebSockets;
                options.SkipNegotiation = true;
                options.Headers["Authorization"] = $"Bearer {user.Key}";
            })
            .Build();
        var closed = new TaskCompletionSource();
        hub.Closed += _ =>
        {
            closed.TrySetResult();
            return Task.CompletedTask;
        };
        await hub.StartAsync();
        await hub.InvokeAsync<System.Text.Json.JsonElement>("Watch", job, (long?)null);

        await takeBack(user, server.Administrator.Client);

        foreach (var stream in streams)
        {
            await EndAsync(stream);
            await stream.DisposeAsync();
        }

        await closed.Task.Soon();
    }

    private static async Task EndAsync(EventStream stream)
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
            // That is how it ends.
        }
    }
}
