using System.Net;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

public sealed class WatcherLimitTests
{
    [Fact]
    public async Task Too_many_watchers_are_told_so_until_one_leaves()
    {
        await using var server = await ServerProcess.StartNewAsync(
            ("Translation:PseudoDelay", "00:01:00"), ("Limits:WatchersPerJob", "2"), ("Limits:WatchersPerOwner", "3"));
        var (crowded, other) = (await server.Client.SubmitAsync(StreamServer.Quiet()), await server.Client.SubmitAsync(StreamServer.Quiet()));
        await using var first = await OpenAsync(crowded);
        await using var second = await OpenAsync(crowded);

        await RefusedAsync($"/api/jobs/{crowded}/events");
        await using (await OpenAsync(other))
        {
            await RefusedAsync("/api/events");
            await RefusedAsync($"/api/jobs/{other}/events");
        }

        // The server hears of a watcher's leaving in its own time.
        await second.DisposeAsync();
        await Patience.UntilAsync(
            async () =>
            {
                using var response = await EventStream.AskAsync(server.Client, $"/api/jobs/{crowded}/events");
                return response.StatusCode == HttpStatusCode.OK;
            },
            "there is room again");

        Task<EventStream> OpenAsync(string id) => EventStream.OpenAsync(server.Client, $"/api/jobs/{id}/events");

        async Task RefusedAsync(string path)
        {
            using var response = await EventStream.AskAsync(server.Client, path);
            await response.IsProblemAsync(429, "too_many_watchers");
            Assert.NotNull(response.Headers.RetryAfter);
        }
    }
}
