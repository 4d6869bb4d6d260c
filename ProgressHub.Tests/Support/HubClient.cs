using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace ProgressHub.Tests.Support;

/// <summary>Clients of a server's hub.</summary>
internal static class HubClient
{
    /// <summary>SignalR's own .NET client over WebSockets, without negotiation, not yet started.</summary>
    public static HubConnection ConnectionTo(Uri server, Action<IHubConnectionBuilder>? configure = null)
    {
        var builder = new HubConnectionBuilder().WithUrl(new Uri(server, "/hubs/jobs"), options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.SkipNegotiation = true;
        });
        configure?.Invoke(builder);
        return builder.Build();
    }

    /// <summary>Where a server's hub takes WebSockets.</summary>
    public static Uri AddressAt(Uri server) => new UriBuilder(new Uri(server, "/hubs/jobs")) { Scheme = "ws" }.Uri;
}
