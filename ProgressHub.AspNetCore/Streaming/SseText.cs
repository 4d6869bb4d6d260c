using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using ProgressHub.AspNetCore.Snapshots;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>What streams say of their own beside events, as server-sent events (WHATWG HTML, section 9.2.6).</summary>
internal static class SseText
{
    /// <summary>Writes text that is ASCII, as all that is not JSON here is.</summary>
    public static void WriteAscii(this PipeWriter body, string text) => Encoding.ASCII.GetBytes(text.AsSpan(), body);

    /// <summary>Writes a snapshot event.</summary>
    public static void WriteSnapshot(this PipeWriter body, string id, TimeSpan retry, SnapshotView snapshot)
    {
        body.WriteAscii($"event: snapshot\nid: {id}\nretry: {(long)retry.TotalMilliseconds}\ndata: ");
        body.Write(SnapshotJson.Serialize(snapshot));
        body.Write("\n\n"u8);
    }

    /// <summary>Writes that the stream is alive.</summary>
    public static void WriteHeartbeat(this PipeWriter body, DateTimeOffset now) => body.WriteAscii(string.Create(
        CultureInfo.InvariantCulture,
        $"event: heartbeat\ndata: {{\"serverTime\":\"{now:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}\"}}\n\n"));

    /// <summary>Writes when to come back: spread over a few seconds, so that not everybody is back at the same moment.</summary>
    public static void WriteGoodbye(this PipeWriter body) => body.WriteAscii($"retry: {Random.Shared.Next(1000, 5001)}\n\n");
}
