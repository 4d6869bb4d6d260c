using System.Text.Json;

namespace ProgressHub.Tests.Attacks;

/// <summary>What no client sends that means well: bodies that are none, and handshakes that ask for too much.</summary>
public sealed class WireTests(RawServer server) : IClassFixture<RawServer>
{
    public static TheoryData<string, string> BadChunks()
    {
        var data = new TheoryData<string, string>();
        foreach (var path in (string[])["/api/jobs", "/messages", "/analyze", "/api/tables/preview", "/api/jobs/00000000000000000000000000000000/answers"])
        {
            foreach (var size in (string[])["FFFFFFFFFFFFFFFFF", "zz", "-1", "0x10", ""])
                data.Add(path, size);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(BadChunks))]
    public async Task A_chunk_whose_length_is_none_is_the_senders_fault(string path, string size)
    {
        var answer = await server.AskAsync(
            $"POST {path} HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{size}\r\n{{}}\r\n");

        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("fail:", server.Process.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/_blazor?id=x"), InlineData("/hubs/jobs")]
    public async Task No_WebSocket_is_compressed(string path)
    {
        // Blazor's own connection wants an id that it has given.
        if (path.StartsWith("/_blazor", StringComparison.Ordinal))
        {
            using var negotiated = await server.Process.Client.PostAsync("/_blazor/negotiate?negotiateVersion=1", null);
            path = $"/_blazor?id={JsonElement.Parse(await negotiated.Content.ReadAsStringAsync()).GetProperty("connectionToken").GetString()}";
        }

        var answer = await server.AskAsync(
            $"GET {path} HTTP/1.1\r\nHost: HOST\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 101", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("permessage-deflate", answer, StringComparison.OrdinalIgnoreCase);
    }
}
