namespace ProgressHub.Client.Jobs;

/// <summary>A job's result, as it comes; dispose it once it is read.</summary>
public sealed class JobResult : IDisposable
{
    private readonly HttpResponseMessage _response;

    internal JobResult(HttpResponseMessage response, Stream content) => (_response, Content) = (response, content);

    /// <summary>The bytes, streamed.</summary>
    public Stream Content { get; }

    /// <summary>Such as <c>text/plain</c>.</summary>
    public string? MediaType => _response.Content.Headers.ContentType?.MediaType;

    /// <summary>What to save it as, where the server says so.</summary>
    public string? FileName => _response.Content.Headers.ContentDisposition is { } disposition
        ? disposition.FileNameStar ?? disposition.FileName?.Trim('"')
        : null;

    /// <summary>Reads all of it as text.</summary>
    public async Task<string> ReadTextAsync(CancellationToken cancellationToken = default)
    {
        using var reader = new StreamReader(Content, leaveOpen: true);
        return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _response.Dispose();
}
