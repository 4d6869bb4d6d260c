using ProgressHub.Benchmarks.Load;
using ProgressHub.Benchmarks.Peers;

namespace ProgressHub.Benchmarks.OverTheWire;

/// <summary>What a delivery, an idle watcher and a connection cost with 15,000 watchers, against the same with 1,000.</summary>
internal static class WatcherGrowthBenchmark
{
    private const int Few = 1000;
    private const int Many = 15_000;
    private const int Deliveries = 300_000;
    private const int Rounds = 3;

    public static async Task<IEnumerable<Result>> RunAsync()
    {
        List<Costs> few = [], many = [];
        for (var round = 0; round < Rounds; round++)
        {
            few.Add(await MeasureAsync(Few));
            many.Add(await MeasureAsync(Many));
        }

        return
        [
            Row("one event at a time", "µs of server CPU a delivery", c => c.Cpu, "≤ 1.1 ×"),
            Row("idle", "resident bytes a watcher", c => c.Resident, "≤ 6 KiB"),
            Row("connecting, 64 at once", "watchers/s", c => c.ConnectedPerSecond, "≥ 3,000", higherIsBetter: true),
        ];

        Result Row(string what, string unit, Func<Costs, double> of, string target, bool higherIsBetter = false) => new(
            $"{Many:N0} watchers of a job, {what}", unit, [.. many.Select(of)], $"{Few:N0} watchers", [.. few.Select(of)], target, higherIsBetter);
    }

    private static async Task<Costs> MeasureAsync(int watchers)
    {
        var clock = TimeProvider.System;
        await using var peer = await Peer.StartAsync(PeerServer.Ours);
        using (await Audience.OfStreamAtOnceAsync(peer, 500))
        {
            // The first watchers pay for what is made once.
        }

        var empty = await peer.ReadMemoryAsync();
        var began = clock.GetTimestamp();
        using var audience = await Audience.OfStreamAtOnceAsync(peer, watchers);
        var connected = clock.GetElapsedTime(began);
        var full = await peer.ReadMemoryAsync();

        // As many deliveries with few as with many, after a tenth of them that are not counted; the next event leaves once
        // the one before has arrived everywhere.
        var events = Deliveries / watchers;
        await DeliverAsync(peer, audience, Math.Max(1, events / 10));
        var before = await peer.ReadGaugeAsync();
        await DeliverAsync(peer, audience, events);
        var after = await peer.ReadGaugeAsync();
        return new Costs(
            (after.CpuMicroseconds - before.CpuMicroseconds) / ((double)events * watchers),
            (full.Resident - empty.Resident) / watchers, watchers / connected.TotalSeconds);
    }

    private static async Task DeliverAsync(IPeer peer, Audience audience, int events)
    {
        for (var i = 0; i < events; i++)
        {
            var arrived = audience.WhenSeenAsync(1);
            await peer.PublishAsync(1, 1, 0);
            await arrived;
        }
    }

    private sealed record Costs(double Cpu, double Resident, double ConnectedPerSecond);
}
