using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ProgressHub.Client;

/// <summary>Where the server is and how to talk to it.</summary>
public sealed class ProgressHubClientOptions
{
    /// <summary>The server's address, such as <c>http://localhost:5080</c>; a path in front of it is kept.</summary>
    public Uri BaseAddress { get; set; } = new("http://localhost:5080");

    /// <summary>Gives the token or API key for each request; null, or an answer of null, sends none.</summary>
    public Func<CancellationToken, ValueTask<string?>>? AccessToken { get; set; }

    /// <summary>
    /// What sends the requests, instead of a handler of the client's own; it is not disposed. A WebSocket can't go
    /// through it, so watching goes over server-sent events or polling then.
    /// </summary>
    public HttpMessageHandler? Handler { get; set; }

    /// <summary>How long a request may take to be answered; long polls have their wait on top.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The clock of every wait.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Where the client says what it retries and what was refused.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;
}
