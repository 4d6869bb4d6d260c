namespace ProgressHub.Client.Watching;

/// <summary>One way for events to come. Each call of it is one connection.</summary>
internal interface IWatchSource
{
    WatchTransport Transport { get; }

    /// <summary>Ends when the connection does; throws where it fails.</summary>
    IAsyncEnumerable<WatchMessage> ConnectAsync(WatchTarget target, CancellationToken cancellationToken);
}

/// <summary>What a connection follows.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Ledger">Where its cursor is.</param>
/// <param name="Silence">How long the connection may be silent.</param>
/// <param name="Term">When a connection that is a stopgap ends by itself; null where it is not.</param>
internal sealed record WatchTarget(string JobId, WatchLedger Ledger, TimeSpan Silence, TimeSpan? Term)
{
    public string Path => $"api/jobs/{JobId}";

    /// <summary>The query that resumes, with what is to stand before it.</summary>
    public string After(char mark) => Ledger.Cursor is { } cursor ? string.Create(null, $"{mark}after={cursor}") : "";
}
