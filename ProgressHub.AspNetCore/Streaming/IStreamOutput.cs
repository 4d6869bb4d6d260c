using System.IO.Pipelines;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>Where the bytes of a stream go: a response of the web server, or a socket that has left it.</summary>
internal interface IStreamOutput
{
    /// <summary>Takes the bytes; a flush that is completed says that the client is gone.</summary>
    PipeWriter Body { get; }

    /// <summary>The client has gone, or was cut off.</summary>
    CancellationToken Aborted { get; }

    /// <summary>What names the request in the log.</summary>
    string TraceId { get; }

    /// <summary>Whether the stream is to end now, as a whole response; its client comes back.</summary>
    bool MustEnd { get; }

    /// <summary>Cuts the client off.</summary>
    void Abort();
}
