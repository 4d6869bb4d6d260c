namespace ProgressHub.Client.Watching;

/// <summary>How a job's events come.</summary>
public enum WatchTransport
{
    /// <summary>The hub, over a WebSocket.</summary>
    SignalR,

    /// <summary>Server-sent events.</summary>
    ServerSentEvents,

    /// <summary>Long polling.</summary>
    Polling,
}

/// <summary>How to watch.</summary>
public sealed record WatchOptions
{
    /// <summary>The cursor to resume from; 0 replays from the start. Null begins with the present.</summary>
    public long? After { get; init; }

    /// <summary>In order of preference; one that leads nowhere twice makes way for the next.</summary>
    public IReadOnlyList<WatchTransport> Transports { get; init; } =
        [WatchTransport.SignalR, WatchTransport.ServerSentEvents, WatchTransport.Polling];

    /// <summary>Is told of every change of the connection, from the loop that reads; what it throws ends the watch.</summary>
    public Action<WatchConnection>? OnConnection { get; init; }

    /// <summary>How long an open stream may be silent; the server breaks a silence every 15 s.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(40);
}

/// <summary>How a watch is connected.</summary>
/// <param name="IsOpen">Whether the connection has said something.</param>
/// <param name="Transport">The one in use, or the next to be tried.</param>
/// <param name="RetryIn">How long until the next try; null while one is open or being made.</param>
/// <param name="Error">Why the last one ended.</param>
public sealed record WatchConnection(
    bool IsOpen, WatchTransport Transport, TimeSpan? RetryIn = null, ProgressHubException? Error = null);
