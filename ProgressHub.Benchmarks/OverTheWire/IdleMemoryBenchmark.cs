using ProgressHub.Benchmarks.Load;
using ProgressHub.Benchmarks.Peers;

namespace ProgressHub.Benchmarks.OverTheWire;

/// <summary>What a watcher costs that waits while nothing happens: resident memory of the server for each of 5,000.</summary>
internal static class IdleMemoryBenchmark
{
    private const int Watchers = 5000;
    private const int Rounds = 3;

    public static async Task<IEnumerable<Result>> RunAsync()
    {
        var ours = new List<double>();
        var theirs = new List<double>();
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(await MeasureAsync(PeerServer.Ours));
            theirs.Add(await MeasureAsync(PeerServer.TypedResults));
        }

        return
        [
            new Result($"idle SSE watcher ({Watchers:N0})", "resident bytes", [.. ours], "TypedResults", [.. theirs], "≤ 0.9 ×"),
        ];
    }

    private static async Task<double> MeasureAsync(string name)
    {
        await using var peer = await PeerProcess.StartAsync(name);
        using (await Audience.OfStreamAsync(peer, 50))
        {
            // The first watchers pay for what is made once.
        }

        var before = await peer.ReadMemoryAsync();
        using var audience = await Audience.OfStreamAsync(peer, Watchers);
        var after = await peer.ReadMemoryAsync();
        return (after.Resident - before.Resident) / Watchers;
    }
}
