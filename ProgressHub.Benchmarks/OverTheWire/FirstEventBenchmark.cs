using ProgressHub.Benchmarks.Load;
using ProgressHub.Benchmarks.Peers;

namespace ProgressHub.Benchmarks.OverTheWire;

/// <summary>
/// From the submission of a job to its first event at a client: the request that submits it, its answer, a connection that
/// watches it, and the first bytes of that stream.
/// </summary>
internal static class FirstEventBenchmark
{
    private const int Rounds = 5;
    private const int Jobs = 300;

    public static async Task<IEnumerable<Result>> RunAsync()
    {
        await using var peer = await PeerProcess.StartAsync(PeerServer.Ours);
        await MeasureAsync(peer);
        List<(double P50, double P99)> rounds = [];
        for (var round = 0; round < Rounds; round++)
            rounds.Add(await MeasureAsync(peer));
        return
        [
            new Result("from a submission to the first event at the client, p50", "ms", [.. rounds.Select(r => r.P50)], "", [], "≤ 5"),
            new Result("the same, p99", "ms", [.. rounds.Select(r => r.P99)], "", [], "≤ 20"),
        ];
    }

    private static async Task<(double P50, double P99)> MeasureAsync(PeerProcess peer)
    {
        var clock = TimeProvider.System;
        List<double> latencies = [];
        for (var i = 0; i < Jobs; i++)
        {
            var began = clock.GetTimestamp();
            using var watcher = new RawWatcher();
            await watcher.ConnectAsync(peer.Port, $"/stream?job={await peer.SubmitAsync("quick")}");
            await watcher.ReadOnceAsync();
            latencies.Add(clock.GetElapsedTime(began).TotalMilliseconds);
        }

        latencies.Sort();
        return (latencies[latencies.Count / 2], latencies[(int)(latencies.Count * 0.99)]);
    }
}
