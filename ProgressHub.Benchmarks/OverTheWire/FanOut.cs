using ProgressHub.Benchmarks.Load;
using ProgressHub.Benchmarks.Peers;

namespace ProgressHub.Benchmarks.OverTheWire;

/// <summary>A fan-out to measure.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Peer">Against whom.</param>
/// <param name="PeerLabel">The peer's name for the table.</param>
/// <param name="Connect">Opens the audience.</param>
/// <param name="Watchers">How many watch.</param>
/// <param name="Events">How many events a round.</param>
/// <param name="Burst">How many of them leave together.</param>
/// <param name="PauseMs">From one burst's beginning to the next's.</param>
/// <param name="CpuTarget">What we mean to reach.</param>
/// <param name="AllocationTarget">What we mean to reach.</param>
internal sealed record FanOut(
    string Name, string Peer, string PeerLabel, Func<IPeer, int, Task<Audience>> Connect, int Watchers, int Events,
    int Burst, double PauseMs, string CpuTarget, string AllocationTarget)
{
    public static readonly FanOut SseBursts = new(
        "SSE, 500 watchers, bursts of 16", PeerServer.TypedResults, "TypedResults", Audience.OfStreamAsync, 500, 800, 16, 20,
        "", "≤ 0.1 ×");

    public static readonly FanOut SseOneAtATime = new(
        "SSE, 500 watchers, one event at a time", PeerServer.TypedResults, "TypedResults", Audience.OfStreamAsync, 500, 200, 1, 10,
        "≤ 0.9 ×", "≤ 0.1 ×");

    public static readonly FanOut SseBurstsOfNchan = SseBursts with { Peer = PeerServer.Nchan, PeerLabel = "Nchan", CpuTarget = "≤ 0.15 ×" };

    public static readonly FanOut SseOneAtATimeOfNchan = SseOneAtATime with { Peer = PeerServer.Nchan, PeerLabel = "Nchan", CpuTarget = "≤ 0.8 ×" };

    public static readonly FanOut SseOneAtATimeOfBareLoop = SseOneAtATime with { Peer = PeerServer.BareLoop, PeerLabel = "bare loop over Kestrel", CpuTarget = "≤ 0.8 ×" };

    public static readonly FanOut SseOneAtATimeServed = SseOneAtATime with { Peer = PeerServer.Served, PeerLabel = "ours without hand-over", CpuTarget = "≤ 0.8 ×" };

    public static readonly FanOut SignalR = new(
        "SignalR, 200 watchers, bursts of 16", PeerServer.BareHub, "bare group", Audience.OfHubAsync, 200, 800, 16, 25,
        "≤ 0.3 ×", "≤ 0.05 ×");
}
