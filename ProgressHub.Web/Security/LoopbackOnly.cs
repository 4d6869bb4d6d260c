using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ProgressHub.Web.Security;

/// <summary>
/// Ends a start-up that listens on more than this machine's loopback. The addresses are known for sure only once the
/// server listens; <see cref="LocalGuard"/> refuses whoever is quicker.
/// </summary>
internal sealed class LoopbackOnly(IServer server) : IHostedLifecycleService
{
    /// <summary>Whether an address to listen on, such as <c>http://127.0.0.1:5080</c>, is this machine's alone.</summary>
    public static bool IsLoopback(string address)
    {
        var binding = BindingAddress.Parse(address);
        return binding.IsUnixPipe || binding.IsNamedPipe
            || string.Equals(binding.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(binding.Host, out var ip) && IPAddress.IsLoopback(ip));
    }

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        var open = addresses.Where(a => !IsLoopback(a)).ToArray();
        return open.Length == 0
            ? Task.CompletedTask
            : throw new InvalidOperationException(
                $"Auth:Mode=Local needs no sign-in, so it listens on loopback only, and not on {string.Join(", ", open)}. " +
                "Use an address such as http://localhost:5080.");
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
