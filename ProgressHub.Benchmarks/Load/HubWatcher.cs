using System.Text;

namespace ProgressHub.Benchmarks.Load;

/// <summary>A SignalR client as bare as it gets: a WebSocket opened by hand (RFC 6455), the JSON protocol, one call.</summary>
internal static class HubWatcher
{
    private const char RecordSeparator = '\x1e';

    public static async Task<RawWatcher> ConnectAsync(int port, string jobId)
    {
        var watcher = new RawWatcher();
        await watcher.ConnectUpgradeAsync(port);
        await watcher.SendAsync(Frame($"{{\"protocol\":\"json\",\"version\":1}}{RecordSeparator}"));
        await watcher.ReadOnceAsync();
        await watcher.SendAsync(Frame(
            $"{{\"type\":1,\"invocationId\":\"1\",\"target\":\"Watch\",\"arguments\":[\"{jobId}\",null]}}{RecordSeparator}"));
        await watcher.ReadOnceAsync();
        return watcher;
    }

    private static async Task ConnectUpgradeAsync(this RawWatcher watcher, int port)
    {
        await watcher.ConnectAsync(port, "/hub", "Connection: Upgrade\r\nUpgrade: websocket\r\n" +
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        await watcher.ReadOnceAsync();
    }

    /// <summary>One masked text frame, as a client must send it; the mask is zero.</summary>
    private static byte[] Frame(string text)
    {
        var payload = Encoding.UTF8.GetBytes(text);
        byte[] length = payload.Length < 126
            ? [(byte)(0x80 | payload.Length)]
            : [0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length];
        return [0x81, .. length, 0, 0, 0, 0, .. payload];
    }
}
