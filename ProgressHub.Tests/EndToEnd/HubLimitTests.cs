using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>Watchers of the hub count with all others, and leave room when they go, however they go.</summary>
public sealed class HubLimitTests
{
    [Fact]
    public async Task The_hub_counts_with_the_streams_and_gives_back_what_it_took()
    {
        await using var server = await ServerProcess.StartNewAsync(
            ("Translation:PseudoDelay", "00:01:00"), ("Limits:WatchersPerJob", "2"), ("Limits:WatchersPerOwner", "3"));
        var (crowded, other) = (await server.Client.SubmitAsync(StreamServer.Quiet()), await server.Client.SubmitAsync(StreamServer.Quiet()));
        await using var one = await ConnectAsync(server);
        await using var two = await ConnectAsync(server);

        await WatchAsync(one, crowded);
        await WatchAsync(one, crowded);
        await WatchAsync(two, crowded);
        await using var third = await ConnectAsync(server);
        await RefusedAsync(() => WatchAsync(third, crowded));
        await RefusedAsync(() => third.StreamAsync<JsonElement>("Stream", crowded, 0L).FirstAsync().AsTask());
        using (var stream = await EventStream.AskAsync(server.Client, $"/api/jobs/{crowded}/events"))
            await stream.IsProblemAsync(429, "too_many_watchers");

        await third.InvokeAsync<JsonElement>("WatchMine", (string?)null).Soon();
        await RefusedAsync(() => WatchAsync(two, other));
        await third.InvokeAsync<JsonElement>("WatchMine", (string?)null).Soon();
        await third.InvokeAsync("UnwatchMine").Soon();
        await WatchAsync(two, other);

        // At once, where it was asked for; and once the server hears of it, where the connection is gone.
        await one.InvokeAsync("Unwatch", crowded).Soon();
        await using (var stream = await EventStream.OpenAsync(server.Client, $"/api/jobs/{crowded}/events"))
            await RefusedAsync(() => WatchAsync(one, crowded));
        await two.DisposeAsync();
        await Patience.UntilAsync(() => SucceedsAsync(() => WatchAsync(third, crowded)), "there is room again");
        await Patience.UntilAsync(() => SucceedsAsync(() => WatchAsync(third, other)), "there is room for the other");

        // A watch ends with its job.
        using var canceled = await server.Client.PostAsync($"/api/jobs/{other}/cancel", null);
        await Patience.UntilAsync(
            async () => (await server.Client.JsonAsync($"/api/jobs/{other}")).Text("state") == "canceled", "the other has ended");
        await Patience.UntilAsync(() => SucceedsAsync(() => WatchAsync(one, crowded)), "the place of the ended job is free");
        server.AssertCalm();
    }

    private static async Task<HubConnection> ConnectAsync(ServerProcess server)
    {
        var hub = HubClient.ConnectionTo(server.Address);
        await hub.StartAsync().Soon();
        return hub;
    }

    private static Task<JsonElement> WatchAsync(HubConnection hub, string job) => hub.InvokeAsync<JsonElement>("Watch", job, 0L).Soon();

    private static async Task RefusedAsync(Func<Task> watch)
    {
        var refusal = await Assert.ThrowsAsync<HubException>(() => watch().Soon());
        Assert.Contains("too_many_watchers: ", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<bool> SucceedsAsync(Func<Task> watch)
    {
        try
        {
            await watch();
            return true;
        }
        catch (HubException refusal) when (refusal.Message.Contains("too_many_watchers", StringComparison.Ordinal))
        {
            return false;
        }
    }
}
