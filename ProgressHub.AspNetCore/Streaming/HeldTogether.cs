namespace ProgressHub.AspNetCore.Streaming;

/// <summary>Several things that are held as long as a stream is open.</summary>
internal sealed class HeldTogether(params IDisposable[] all) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(all, static one => one.Dispose());
}
