using System.Net;
using System.Net.Sockets;

namespace ProgressHub.Core.Webhooks;

/// <summary>
/// Opens connections for webhooks. The address that is judged is the one that is connected to, so neither a name that
/// resolves to this machine nor one that changes between two look-ups gets through.
/// </summary>
internal sealed class GuardedConnector(AddressPolicy policy, IHostResolver resolver)
{
    public async ValueTask<Stream> ConnectAsync(DnsEndPoint endPoint, CancellationToken cancellationToken)
    {
        // A literal may come in brackets, and with a zone.
        var host = endPoint.Host.Trim('[', ']');
        IPAddress[] found = IPAddress.TryParse(host, out var literal)
            ? [literal]
            : await resolver.ResolveAsync(host, cancellationToken);
        var allowed = found.Where(address => policy.Allows(host, address)).ToArray();
        if (allowed.Length == 0 && found.Length > 0)
            throw new AddressNotAllowedException();

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, endPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>A host has only addresses that webhooks may not go to.</summary>
internal sealed class AddressNotAllowedException() : IOException("The address is not public.");
