using System.Globalization;
using ProgressHub.Tests.Support;
using Xunit.Abstractions;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>Invariant I6 on the real server: who does not read costs little, delays nobody and is cut off.</summary>
public sealed class StalledWatcherTests(ITestOutputHelper output)
{
    private const int OfEachKind = 10;
    private const long Mebi = 1024 * 1024;

    private const int Readings = 4;

    // Arrays that wait in the shared pool to be used again are tens of megabytes after a job of this size. Nobody holds
    // them, and so they go: as if memory were scarce, and at once.
    private static readonly (string Key, string Value)[] NothingPooled =
    [
        ("DOTNET_GCHighMemPercent", "1"), ("DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXPARTITIONCOUNT", "1"),
        ("DOTNET_SYSTEM_BUFFERS_SHAREDARRAYPOOL_MAXARRAYSPERPARTITION", "1"),
    ];

    // Its events are more than the 4 MiB that Linux may keep for a connection on the server's behalf.
    private const int TextBytes = 2_000_000;

    [Fact]
    public async Task Twenty_watchers_that_never_read_cost_bounded_memory_and_the_one_who_reads_gets_everything()
    {
        await using var server = await ServerProcess.StartNewAsync(
        [
            ("Translation:PseudoDelay", "00:00:00"), ("Streaming:StallLimit", "00:00:10"),
            ("DOTNET_STARTUP_HOOKS", typeof(StartupHook).Assembly.Location), .. NothingPooled,
        ]);
        await RunAsync(server, stalled: 0);
        var before = await RunAsync(server, stalled: 0);

        var beside = await RunAsync(server, OfEachKind);

        output.WriteLine($"Heap: {before / Mebi} MiB with none, {beside / Mebi} MiB with {2 * OfEachKind} stalled watchers.");
        Assert.True(beside - before < 10 * Mebi, $"The heap grew from {before / Mebi} to {beside / Mebi} MiB.");
        server.AssertCalm();
    }

    /// <summary>
    /// Runs a job of several megabytes of events, which one watcher reads and others don't; returns what the server's heap
    /// holds once it has ended and those others still hang.
    /// </summary>
    private static async Task<long> RunAsync(ServerProcess server, int stalled)
    {
        var client = server.Client;
        var id = await client.SubmitAsync(JobCalls.Pseudo(LongTexts.Prose(TextBytes), 4000));
        var watchers = new List<StalledWatcher>();
        try
        {
            for (var i = 0; i < stalled; i++)
            {
                watchers.Add(await StalledWatcher.OfEventsAsync(server.Address, id));
                watchers.Add(await StalledWatcher.OfHubAsync(server.Address, id));
            }

            await using var stream = await EventStream.OpenAsync(client, $"/api/jobs/{id}/events?after=0");
            var seen = new List<SeenEvent>();
            while (await stream.NextAsync() is { } item)
            {
                if (item.EventType is not ("snapshot" or "heartbeat"))
                    seen.Add(new SeenEvent(item.Data));
            }

            var heap = await HeapAsync(server);
            var log = await client.LogAsync(id);
            LogAssert.EndsWith("succeeded", log);
            LogAssert.SawAll(log, seen);
            await Patience.UntilAsync(async () => await WatchersAsync(server) == 0, "all who don't read are cut off");
            foreach (var watcher in watchers)
                Assert.DoesNotContain("\"type\":\"done\"", await watcher.ReadAtLastAsync().Soon(), StringComparison.Ordinal);
            return heap;
        }
        finally
        {
            watchers.ForEach(w => w.Dispose());
        }
    }

    private static async Task<long> WatchersAsync(ServerProcess server)
    {
        var metrics = await server.Client.GetStringAsync("/metrics");
        var line = metrics.Split('\n').Single(l => l.StartsWith("progresshub_watchers{of=\"job\"}", StringComparison.Ordinal));
        return long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// What the server's heap holds, without what waits to be collected: the least of a few readings, because the end of a
    /// job is still being seen to when its last event arrives.
    /// </summary>
    private static async Task<long> HeapAsync(ServerProcess server)
    {
        var before = Said(server).Length;
        for (var i = 1; i <= Readings; i++)
        {
            await server.SignalAsync(StartupHook.Signal);
            await Patience.UntilAsync(() => Said(server).Length == before + i, "the server says what its heap holds");
        }

        return Said(server)[before..].Min();
    }

    private static long[] Said(ServerProcess server) =>
    [
        .. server.Output.Split('\n')
            .Where(line => line.StartsWith(StartupHook.Announcement, StringComparison.Ordinal))
            .Select(line => long.Parse(line[StartupHook.Announcement.Length..], CultureInfo.InvariantCulture)),
    ];
}
