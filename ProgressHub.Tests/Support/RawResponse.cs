using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace ProgressHub.Tests.Support;

/// <summary>A connection on which a test writes requests itself and reads responses byte for byte.</summary>
internal sealed class RawResponse : IDisposable
{
    private readonly NetworkStream _stream;

    private RawResponse(NetworkStream stream) => _stream = stream;

    public static async Task<RawResponse> ConnectAsync(Uri server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Host, server.Port);
        return new RawResponse(new NetworkStream(socket, ownsSocket: true));
    }

    /// <summary>The text of a request for server-sent events.</summary>
    public static string Get(string path, string version = "1.1", params string[] headers) =>
        $"GET {path} HTTP/{version}\r\nHost: localhost\r\nAccept: text/event-stream\r\n{string.Concat(headers.Select(h => $"{h}\r\n"))}\r\n";

    public async Task SendAsync(string text) => await _stream.WriteAsync(Encoding.ASCII.GetBytes(text));

    /// <summary>The next head: its status line and headers.</summary>
    public async Task<string> HeadAsync()
    {
        var head = new StringBuilder();
        while (await LineAsync() is { Length: > 0 } line)
            head.Append(line).Append('\n');
        return head.ToString();
    }

    /// <summary>The next chunk; empty for the last, null where the connection ended without it.</summary>
    public async Task<string?> ChunkAsync()
    {
        if (await LineAsync() is not { } size)
            return null;
        var bytes = new byte[int.Parse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)];
        await _stream.ReadExactlyAsync(bytes).AsTask().Soon();
        Assert.Equal("", await LineAsync());
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The chunks up to the last, which there must be.</summary>
    public async Task<string> BodyAsync()
    {
        var body = new StringBuilder();
        while (true)
        {
            var chunk = await ChunkAsync();
            Assert.NotNull(chunk);
            if (chunk.Length == 0)
                return body.ToString();
            body.Append(chunk);
        }
    }

    /// <summary>Whether the server has closed the connection, with nothing more on it.</summary>
    public async Task<bool> IsClosedAsync() => await _stream.ReadAsync(new byte[1]).AsTask().Soon() == 0;

    public void Dispose() => _stream.Dispose();

    private async Task<string?> LineAsync()
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (line is not [.., (byte)'\r', (byte)'\n'])
        {
            if (await _stream.ReadAsync(one).AsTask().Soon() == 0)
                return null;
            line.Add(one[0]);
        }

        return Encoding.ASCII.GetString([.. line[..^2]]);
    }
}
