using System.Collections.Concurrent;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace ProgressHub.Benchmarks.Peers;

/// <summary>What the framework offers: <c>TypedResults.ServerSentEvents</c> over a channel for each watcher.</summary>
internal sealed class TypedResultsPeer : IPublisher
{
    private readonly ConcurrentDictionary<Channel<SseItem<PeerEvent>>, byte> _watchers = new();

    public TypedResultsPeer(WebApplicationBuilder builder) =>
        builder.Services.ConfigureHttpJsonOptions(_ => { });

    public void Map(WebApplication app)
    {
        app.MapPost("/begin", () => "job");
        app.MapGet("/stream", (CancellationToken gone) => Microsoft.AspNetCore.Http.TypedResults.ServerSentEvents(WatchAsync(gone)));
    }

    public ValueTask PublishAsync(int number)
    {
        var item = new SseItem<PeerEvent>(PeerEvent.Create(number), "log") { EventId = number.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        foreach (var watcher in _watchers.Keys)
            watcher.Writer.TryWrite(item);
        return ValueTask.CompletedTask;
    }

    private async IAsyncEnumerable<SseItem<PeerEvent>> WatchAsync([EnumeratorCancellation] CancellationToken gone)
    {
        var channel = Channel.CreateUnbounded<SseItem<PeerEvent>>(new UnboundedChannelOptions { SingleReader = true });
        _watchers.TryAdd(channel, 0);
        try
        {
            // No headers go out before the first item.
            yield return new SseItem<PeerEvent>(PeerEvent.Create(0), "snapshot");
            await foreach (var item in channel.Reader.ReadAllAsync(gone))
                yield return item;
        }
        finally
        {
            _watchers.TryRemove(channel, out _);
        }
    }
}

/// <summary>An event of the same size and shape as ours.</summary>
internal sealed record PeerEvent(
    string JobId, long Seq, DateTimeOffset At, string Type, int Attempt, long ElapsedMs, string Level, string Message,
    int Step, int TotalSteps)
{
    public static PeerEvent Create(int number) => new(
        "5f0c5f0c5f0c5f0c5f0c5f0c5f0c5f0c", number, TimeProvider.System.GetUtcNow(), "log", 1, 1234, "info",
        "Batch 12 of 47 is translated and stored~", number, 100_000);
}
