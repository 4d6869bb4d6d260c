using System.Net.ServerSentEvents;
using ProgressHub.Benchmarks.Load;
using ProgressHub.Benchmarks.Peers;

namespace ProgressHub.Benchmarks.OverTheWire;

/// <summary>
/// Eight jobs that block a thread for 20 seconds: when their updates arrive at a client, and what 100 readers of another
/// job notice of it.
/// </summary>
internal static class PulseBenchmark
{
    private const int Jobs = 8;
    private const int Readers = 100;
    private const int Bursts = 600;
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(30);

    public static async Task<IEnumerable<Result>> RunAsync()
    {
        await using var peer = await PeerProcess.StartAsync(PeerServer.Ours);
        using var readers = await Audience.OfStreamAsync(peer, Readers);
        var published = 0L;
        var without = await LatenciesAsync();

        var ids = await Task.WhenAll(Enumerable.Range(0, Jobs).Select(_ => peer.BlockAsync()));
        var arriving = ids.Select(id => GapsAsync(peer, id)).ToArray();
        var beside = await LatenciesAsync();
        var gaps = (await Task.WhenAll(arriving)).SelectMany(gap => gap).Order().ToArray();

        return
        [
            new Result($"shortest time between two updates of {Jobs} blocked jobs", "ms", [gaps[0]], $"{gaps.Length} updates", [], "≥ 800"),
            new Result("median of it", "ms", [gaps[gaps.Length / 2]], "", [], "1,000"),
            new Result("longest of it", "ms", [gaps[^1]], "", [], "≤ 1,200"),
            new Result($"{Readers} readers' p99 beside {Jobs} blocked jobs", "ms", [beside], "without them", [without], "≤ 1.1 ×"),
        ];

        async Task<double> LatenciesAsync()
        {
            var latencies = new List<double>();
            for (var i = 0; i < Bursts; i++)
            {
                var began = TimeProvider.System.GetTimestamp();
                await peer.PublishAsync(1, 1, 0);
                await readers.WaitAsync(++published);
                latencies.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
                await Task.Delay(Rest, TimeProvider.System);
            }

            latencies.Sort();
            return latencies[(int)(latencies.Count * 0.99)];
        }
    }

    private static async Task<List<double>> GapsAsync(PeerProcess peer, string id)
    {
        using var client = new HttpClient();
        await using var stream = await client.GetStreamAsync($"http://127.0.0.1:{peer.Port}/stream?job={id}");
        var gaps = new List<double>();
        long? last = null;
        await foreach (var item in SseParser.Create(stream).EnumerateAsync())
        {
            if (item.EventType != "progress")
                continue;
            var now = TimeProvider.System.GetTimestamp();
            if (last is { } before)
                gaps.Add(TimeProvider.System.GetElapsedTime(before, now).TotalMilliseconds);
            last = now;
        }

        return gaps;
    }
}
