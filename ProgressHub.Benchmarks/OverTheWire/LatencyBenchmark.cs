using ProgressHub.Benchmarks.Load;
using ProgressHub.Benchmarks.Peers;

namespace ProgressHub.Benchmarks.OverTheWire;

/// <summary>
/// From the request that publishes an event until the last of 500 watchers has it, 100 events a second, published one by one;
/// ours is on disk by then.
/// </summary>
internal static class LatencyBenchmark
{
    private const int Watchers = 500;
    private const int Events = 500;
    private const int Rounds = 5;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    public static async Task<IEnumerable<Result>> RunAsync()
    {
        if (!NchanProcess.IsInstalled)
        {
            Console.Error.WriteLine("Nchan is not installed (apt-get install nginx libnginx-mod-nchan); its rows are left out.");
            return [];
        }

        await using var ours = await Peer.StartAsync(PeerServer.Ours);
        await using var theirs = await Peer.StartAsync(PeerServer.Nchan);
        using var ourReaders = await Audience.OfStreamAsync(ours, Watchers);
        using var theirReaders = await Audience.OfStreamAsync(theirs, Watchers);
        await MeasureAsync(ours, ourReaders);
        await MeasureAsync(theirs, theirReaders);
        List<(double P50, double P99)> our = [], their = [];
        for (var round = 0; round < Rounds; round++)
        {
            our.Add(await MeasureAsync(ours, ourReaders));
            their.Add(await MeasureAsync(theirs, theirReaders));
        }

        return
        [
            new Result($"from the post of an event to the last of {Watchers} watchers, 100 events/s, p50", "ms",
                [.. our.Select(r => r.P50)], "Nchan", [.. their.Select(r => r.P50)], ""),
            new Result("the same, p99", "ms", [.. our.Select(r => r.P99)], "Nchan", [.. their.Select(r => r.P99)], "≤ 1 ×"),
        ];
    }

    private static async Task<(double P50, double P99)> MeasureAsync(IPeer peer, Audience readers)
    {
        var clock = TimeProvider.System;
        List<double> latencies = [];
        for (var i = 0; i < Events; i++)
        {
            var reached = readers.WhenSeenAsync(1);
            var began = clock.GetTimestamp();
            var publish = peer.PublishAsync(1, 1, 0);
            await reached;
            latencies.Add(clock.GetElapsedTime(began).TotalMilliseconds);
            await publish;
            if (Interval - clock.GetElapsedTime(began) is { Ticks: > 0 } rest)
                await Task.Delay(rest, clock);
        }

        latencies.Sort();
        return (latencies[latencies.Count / 2], latencies[(int)(latencies.Count * 0.99)]);
    }
}
