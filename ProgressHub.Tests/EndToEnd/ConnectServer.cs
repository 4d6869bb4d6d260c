using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>The server as whoever starts it finds it, but for a translator that takes less time.</summary>
public sealed class ConnectServer : IAsyncLifetime
{
    internal ServerProcess Server { get; private set; } = null!;

    internal string Address => Server.Address.GetLeftPart(UriPartial.Authority);

    public async Task InitializeAsync() => Server = await ServerProcess.StartNewAsync(("Translation:PseudoDelay", "00:00:00.010"));

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
