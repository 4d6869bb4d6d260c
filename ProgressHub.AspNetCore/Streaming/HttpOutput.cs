using System.IO.Pipelines;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>The response of a request, as the web server sends it.</summary>
internal sealed class HttpOutput(HttpContext context) : IStreamOutput
{
    /// <inheritdoc/>
    public PipeWriter Body => context.Response.BodyWriter;

    /// <inheritdoc/>
    public CancellationToken Aborted => context.RequestAborted;

    /// <inheritdoc/>
    public string TraceId => context.TraceIdentifier;

    /// <inheritdoc/>
    public bool MustEnd => false;

    /// <inheritdoc/>
    public void Abort() => context.Abort();
}
