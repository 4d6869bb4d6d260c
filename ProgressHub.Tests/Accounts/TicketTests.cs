using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Sharing;
using ProgressHub.Core.Sql;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Accounts;

/// <summary>Tickets: once, for a moment, for one stream.</summary>
[Collection(TokenCollection.Name)]
public sealed class TicketTests(TokenServer server)
{
    [Fact]
    public async Task A_ticket_opens_one_stream_of_its_job_and_no_second_one()
    {
        var user = await server.UserAsync();
        var (job, _) = await user.StartJobAsync();
        var ticket = await TicketAsync(user.Client, job);

        await using (var stream = await EventStream.OpenAsync(server.Anonymous, $"/api/jobs/{job}/events?ticket={ticket}"))
            Assert.Equal("snapshot", (await stream.NextAsync())!.Value.EventType);
        using var again = await EventStream.AskAsync(server.Anonymous, $"/api/jobs/{job}/events?ticket={ticket}");

        await again.IsProblemAsync(401, "unauthenticated");
    }

    [Fact]
    public async Task What_is_shown_to_be_let_in_is_in_no_line_of_the_log()
    {
        var user = await server.UserAsync();
        var (job, _) = await user.StartJobAsync();
        var ticket = await TicketAsync(user.Client, job);
        using var right = await EventStream.AskAsync(server.Anonymous, $"/api/jobs/{job}/events?ticket={ticket}");
        using var wrong = await EventStream.AskAsync(server.Anonymous, $"/api/jobs/{job}/events?ticket={ticket}");
        using var key = await EventStream.AskAsync(server.Anonymous, $"/api/v1/async-chat/sse/{job}?token={user.Key}");

        await Patience.UntilAsync(() => server.Logs.Lines.Any(line => line.Contains($"/api/v1/async-chat/sse/{job} answered", StringComparison.Ordinal)), "the requests are logged");
        Assert.DoesNotContain(server.Logs.Lines, line => line.Contains("pht_", StringComparison.Ordinal) || line.Contains("phk_", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/api/jobs/{other}/events"), InlineData("/api/jobs/{job}"), InlineData("/api/jobs/{job}/result"), InlineData("/api/jobs")]
    [InlineData("/api/events"), InlineData("/api/jobs/{job}/input")]
    public async Task A_ticket_for_a_job_opens_nothing_else(string path)
    {
        var user = await server.UserAsync();
        var ((job, _), (other, _)) = (await user.StartJobAsync(), await user.StartJobAsync());
        var ticket = await TicketAsync(user.Client, job);
        var address = path.Replace("{job}", job, StringComparison.Ordinal).Replace("{other}", other, StringComparison.Ordinal);

        using var inQuery = await EventStream.AskAsync(server.Anonymous, $"{address}?ticket={ticket}");
        using var client = server.Client(await TicketAsync(user.Client, job));
        using var inHeader = await EventStream.AskAsync(client, address);

        Assert.Equal(HttpStatusCode.Unauthorized, inQuery.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, inHeader.StatusCode);
    }

    [Fact]
    public async Task A_ticket_changes_nothing()
    {
        var user = await server.UserAsync();
        var (job, _) = await user.StartJobAsync();
        await Patience.UntilAsync(async () => await StateAsync() == "running", "the job has begun");
        using var client = server.Client(await TicketAsync(user.Client, job));

        var (status, _) = await client.AskAsync(HttpMethod.Post, $"/api/jobs/{job}/cancel");
        await using var hub = Hub(await TicketAsync(user.Client, job));
        await hub.StartAsync();
        var refused = await Assert.ThrowsAsync<HubException>(() => hub.InvokeAsync<JsonElement>("Cancel", job));

        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains("scope_missing", refused.Message, StringComparison.Ordinal);
        Assert.Equal("running", await StateAsync());

        async Task<string?> StateAsync() =>
            (await user.Client.AskAsync(HttpMethod.Get, $"/api/jobs/{job}")).Body.GetProperty("state").GetString();
    }

    [Fact]
    public async Task A_ticket_opens_the_hub_for_its_job_alone()
    {
        var user = await server.UserAsync();
        var ((job, _), (other, _)) = (await user.StartJobAsync(), await user.StartJobAsync());
        await using var hub = Hub(await TicketAsync(user.Client, job));
        await hub.StartAsync();

        var answer = await hub.InvokeAsync<JsonElement>("Watch", job, (long?)null);
        var notIts = await Assert.ThrowsAsync<HubException>(() => hub.InvokeAsync<JsonElement>("Watch", other, (long?)null));
        var all = await Assert.ThrowsAsync<HubException>(() => hub.InvokeAsync<JsonElement>("WatchMine", (string?)null));

        Assert.Equal(job, answer.GetProperty("snapshot").GetProperty("jobId").GetString());
        Assert.Contains("job_not_found", notIts.Message, StringComparison.Ordinal);
        Assert.Contains("ticket_for_one_job", all.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_ticket_without_a_job_opens_the_stream_of_all()
    {
        var user = await server.UserAsync();
        var (job, _) = await user.StartJobAsync();
        var ticket = await TicketAsync(user.Client, null);

        await using var stream = await EventStream.OpenAsync(server.Anonymous, $"/api/events?ticket={ticket}");

        Assert.Contains(job, (await stream.NextAsync())!.Value.Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_somebody_elses_job_there_is_no_ticket_as_of_none()
    {
        var (user, other) = (await server.UserAsync(), await server.UserAsync());
        var (job, _) = await user.StartJobAsync();

        var theirs = await other.Client.AskAsync(HttpMethod.Post, "/api/tickets", new { job });
        var none = await other.Client.AskAsync(HttpMethod.Post, "/api/tickets", new { job = new string('0', 32) });

        Assert.Equal((HttpStatusCode.NotFound, "job_not_found"), (theirs.Status, theirs.Body.Code()));
        Assert.Equal((HttpStatusCode.NotFound, "job_not_found"), (none.Status, none.Body.Code()));
    }

    [Fact]
    public async Task A_page_buys_tickets_with_its_cookie()
    {
        var user = await server.UserAsync();
        var (job, _) = await user.StartJobAsync();
        using var browser = await server.SignInAsync(user.Name);

        Assert.StartsWith(StreamTickets.Prefix, await TicketAsync(browser, job), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token", true), InlineData("ticket", true), InlineData("token", false)]
    public async Task The_address_of_another_system_takes_a_ticket_or_a_key_in_its_query(string parameter, bool asTicket)
    {
        var user = await server.UserAsync();
        var (_, asked) = await user.Client.AskAsync(
            HttpMethod.Post, "/api/v1/streaming-chat/ask-question", new { deity_id = "lighthouse", question = "How high is the tower?", language = "en" });
        var task = asked.GetProperty("task_id").GetString()!;
        var secret = asTicket ? await TicketAsync(user.Client, task) : user.Key;

        using var stream = await EventStream.AskAsync(server.Anonymous, $"/api/v1/streaming-chat/sse/{task}?{parameter}={secret}");
        using var elsewhere = await EventStream.AskAsync(server.Anonymous, $"/api/jobs/{task}/events?{parameter}={user.Key}");

        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, elsewhere.StatusCode);
    }

    [Fact]
    public async Task A_ticket_is_over_after_its_time_and_only_so_many_are_unused()
    {
        var time = new ManualTime();
        using var alone = new SharedState(new SharedDatabase(null), time, NullLogger<SharedState>.Instance);
        var tickets = new StreamTickets(Options.Create(new AuthOptions()), new StreamTicketTable(alone), time);
        var (text, until) = await tickets.GiveAsync("key:a", null, JobId.New(), default);
        Assert.Equal(time.GetUtcNow() + TimeSpan.FromSeconds(60), until);

        time.Advance(TimeSpan.FromSeconds(60));
        Assert.Null(await tickets.UseAsync(text, default));

        for (var i = 0; i < 1000; i++)
            await tickets.GiveAsync("key:a", null, null, default);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => tickets.GiveAsync("key:a", null, null, default));
        Assert.Equal((429, "too_many_tickets"), (refused.Problem.Status, refused.Problem.Code));
        await tickets.GiveAsync("key:b", null, null, default);
        time.Advance(TimeSpan.FromSeconds(60));
        Assert.NotNull(await tickets.UseAsync((await tickets.GiveAsync("key:a", null, null, default)).Text, default));
    }

    private static async Task<string> TicketAsync(HttpClient client, string? job)
    {
        var (status, body) = await client.AskAsync(HttpMethod.Post, "/api/tickets", job is null ? null : new { job });
        Assert.Equal(HttpStatusCode.Created, status);
        return body.GetProperty("ticket").GetString()!;
    }

    // As a browser does it: without a header, the ticket in the address.
    private HubConnection Hub(string ticket) => new HubConnectionBuilder()
        .WithUrl(new Uri(server.Address, $"/hubs/jobs?access_token={ticket}"), options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.SkipNegotiation = true;
        })
        .Build();
}
