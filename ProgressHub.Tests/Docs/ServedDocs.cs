using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Docs;

/// <summary>One real server for all that the documents show.</summary>
public sealed class ServedDocs : IAsyncLifetime
{
    private ServerProcess? _server;

    internal ServerProcess Server => _server!;

    public async Task InitializeAsync() => _server = await ServerProcess.StartNewAsync();

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
