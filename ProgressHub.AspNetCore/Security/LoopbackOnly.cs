using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace ProgressHub.AspNetCore.Security;

/// <summary>
/// Ends a start-up in local mode that would listen on more than this machine's loopback: by what is configured before anything starts,
/// and by what the server really listens on, which code may have set. <see cref="LocalGuard"/> refuses whoever is quicker.
/// Where people sign in it only warns of passwords that would go over the network in the clear.
/// </summary>
internal sealed partial class LoopbackOnly(
    IServer server, IConfiguration configuration, IOptions<AuthOptions> options, ILogger<LoopbackOnly> logger) : IHostedLifecycleService
{
    private static readonly string[] PortKeys = ["http_ports", "https_ports"];

    /// <summary>Whether an address to listen on, such as <c>http://127.0.0.1:5080</c>, is this machine's alone.</summary>
    public static bool IsLoopback(string address)
    {
        var binding = BindingAddress.Parse(address);
        return binding.IsUnixPipe || binding.IsNamedPipe
            || string.Equals(binding.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(binding.Host, out var ip) && IPAddress.IsLoopback(ip));
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) =>
        options.Value.Mode == AuthMode.Local ? RefuseAsync(ConfiguredAddresses()) : Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) =>
        RefuseAsync(server.Features.Get<IServerAddressesFeature>()?.Addresses ?? []);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Task RefuseAsync(IEnumerable<string> addresses)
    {
        var open = addresses.Where(a => !IsLoopback(a)).ToArray();
        if (options.Value.Mode != AuthMode.Local)
        {
            if (open.FirstOrDefault(a => !a.StartsWith("https:", StringComparison.OrdinalIgnoreCase)) is { } plain && options.Value.TrustedProxies.Length == 0)
                LogPlain(plain);
            return Task.CompletedTask;
        }

        return open.Length == 0
            ? Task.CompletedTask
            : throw new InvalidOperationException(
                $"Auth:Mode=Local needs no sign-in, so it listens on loopback only, and not on {string.Join(", ", open)}. " +
                "Use an address such as http://localhost:5080.");
    }

    // What the server makes of its settings: endpoints win over URLs, URLs over ports, and ports are of all addresses.
    private IEnumerable<string> ConfiguredAddresses()
    {
        var endpoints = configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(e => e["Url"]).OfType<string>().ToArray();
        if (endpoints.Length > 0)
            return endpoints;
        if (Split(configuration["urls"]) is { Length: > 0 } urls)
            return urls;
        return PortKeys.SelectMany(key => Split(configuration[key])).Select(port => $"http://*:{port}");
    }

    private static string[] Split(string? list) =>
        (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [LoggerMessage(LogLevel.Warning, "People sign in at {Address} without https: whoever is on the way reads their passwords and keys. Configure a certificate, or name the proxy that has one in Auth:TrustedProxies.")]
    private partial void LogPlain(string address);
}
