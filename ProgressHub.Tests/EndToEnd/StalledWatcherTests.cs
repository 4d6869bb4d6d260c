using System.Globalization;
using ProgressHub.Tests.Support;
using Xunit.Abstractions;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>Invariant I6 on the real server: who does not read costs little, delays nobody and is cut off.</summary>
public sealed class StalledWatcherTests(ITestOutputHelper output)
{
    private const int OfEachKind = 20;
    private const long Mebi = 1024 * 1024;

    // Hexadecimal: 4 MiB.
    private const string CollectOften = "400000";

    [Fact]
    public async Task Forty_watchers_that_never_read_cost_bounded_memory_and_the_one_who_reads_gets_everything()
    {
        await using var server = await ServerProcess.StartNewAsync(
            ("Translation:PseudoDelay", "00:00:00"), ("Streaming:StallLimit", "00:00:02"),
            ("DOTNET_gcServer", "0"), ("DOTNET_GCgen0size", CollectOften));
        await RunAsync(server, stalled: 0);
        var before = await RunAsync(server, stalled: 0);

        var peak = await RunAsync(server, OfEachKind);

        output.WriteLine($"Heap: at most {before / Mebi} MiB with none, at most {peak / Mebi} MiB with {2 * OfEachKind} stalled watchers.");
        Assert.True(peak - before < 50 * Mebi, $"The heap grew from {before / Mebi} to {peak / Mebi} MiB.");
        server.AssertCalm();
    }

    /// <summary>
    /// Runs a job of several megabytes of events, which one watcher reads and others don't; returns the most memory seen.
    /// </summary>
    private static async Task<long> RunAsync(ServerProcess server, int stalled)
    {
        var client = server.Client;
        var id = await client.SubmitAsync(JobCalls.Pseudo(LongTexts.Prose(1_500_000), 4000));
        var watchers = new List<StalledWatcher>();
        try
        {
            for (var i = 0; i < stalled; i++)
            {
                watchers.Add(await StalledWatcher.OfEventsAsync(server.Address, id));
                watchers.Add(await StalledWatcher.OfHubAsync(server.Address, id));
            }

            var peak = 0L;
            await using var stream = await EventStream.OpenAsync(client, $"/api/jobs/{id}/events?after=0");
            var seen = new List<SeenEvent>();
            while (await stream.NextAsync() is { } item)
            {
                if (item.EventType is "snapshot" or "heartbeat")
                    continue;
                seen.Add(new SeenEvent(item.Data));
                if (seen.Count % 50 == 0)
                    peak = Math.Max(peak, await HeapAsync(server));
            }

            var log = await client.LogAsync(id);
            LogAssert.EndsWith("succeeded", log);
            LogAssert.SawAll(log, seen);
            await Patience.UntilAsync(() => CutOff(server) >= watchers.Count, "all who don't read are cut off");
            await Patience.UntilAsync(async () => await WatchersAsync(server) == 0, "nobody is counted as a watcher");
            return Math.Max(peak, await HeapAsync(server));
        }
        finally
        {
            watchers.ForEach(w => w.Dispose());
        }
    }

    private static int CutOff(ServerProcess server) =>
        server.Output.Split("does not take its bytes", StringSplitOptions.None).Length - 1;

    private static async Task<long> WatchersAsync(ServerProcess server)
    {
        var metrics = await server.Client.GetStringAsync("/metrics");
        var line = metrics.Split('\n').Single(l => l.StartsWith("progresshub_watchers{of=\"job\"}", StringComparison.Ordinal));
        return long.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>What the last garbage collection left: what is held, without what waits to be collected.</summary>
    private static async Task<long> HeapAsync(ServerProcess server)
    {
        var metrics = await server.Client.GetStringAsync("/metrics");
        return metrics.Split('\n')
            .Where(l => l.StartsWith("dotnet_gc_last_collection_heap_size_bytes{", StringComparison.Ordinal))
            .Sum(l => (long)double.Parse(l.Split(' ')[1], CultureInfo.InvariantCulture));
    }
}
