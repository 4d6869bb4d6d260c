using System.Net;
using System.Net.Sockets;

namespace ProgressHub.Tests.AspNetCore.Streaming.HandOver;

/// <summary>Both ends of a connection over loopback, with as little room in the kernel as it gives.</summary>
internal sealed record SocketPair(Socket Server, Socket Client) : IDisposable
{
    public static async Task<SocketPair> ConnectAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        var accepted = listener.AcceptAsync();
        await client.ConnectAsync(listener.LocalEndPoint!);
        var server = await accepted;
        server.SendBufferSize = 4096;
        return new SocketPair(server, client);
    }

    /// <summary>All that comes up to the end of the connection.</summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        using var all = new MemoryStream();
        await using var stream = new NetworkStream(Client);
        await stream.CopyToAsync(all);
        return all.ToArray();
    }

    public void Dispose()
    {
        Server.Dispose();
        Client.Dispose();
    }
}
