namespace ProgressHub.AspNetCore.Streaming.HandOver;

/// <summary>A connection whose socket may leave the server while its response goes on. It is a feature of the connection.</summary>
internal interface ISocketHandOver
{
    /// <summary>
    /// Whether the socket carries what the server writes as it is, with no TLS in between, and the client has sent nothing
    /// behind its request. Ask only while nobody reads from the connection.
    /// </summary>
    bool IsPossible { get; }

    /// <summary>
    /// Takes the socket out once the kernel has all that was flushed. From then on what the server writes to the connection
    /// is dropped, and the connection's end leaves the socket alone.
    /// </summary>
    /// <param name="traceId">What names the request in the log.</param>
    /// <returns>Null where the client or the connection has gone meanwhile.</returns>
    Task<HandedOverSocket?> TakeAsync(string traceId);
}
