using System.Net.Sockets;
using System.Text;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Attacks;

/// <summary>The real server, spoken to in bytes.</summary>
public sealed class RawServer : IAsyncLifetime
{
    private ServerProcess _server = null!;

    internal ServerProcess Process => _server;

    public async Task InitializeAsync() => _server = await ServerProcess.StartNewAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    /// <summary>Sends a request as it is, and reads what comes back until there is enough or the connection ends.</summary>
    internal async Task<string> AskAsync(string request, int enough = 1)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(_server.Address.Host, _server.Address.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request.Replace("HOST", _server.Address.Authority, StringComparison.Ordinal)));
        var answer = new StringBuilder();
        var buffer = new byte[4096];
        while (!(answer.Length >= enough && answer.ToString().Contains("\r\n\r\n", StringComparison.Ordinal)))
        {
            if (await stream.ReadAsync(buffer).AsTask().Soon() is not (> 0 and var read))
                break;
            answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }

        return answer.ToString();
    }
}
