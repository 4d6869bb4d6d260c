using System.Buffers;
using System.Globalization;
using System.Text;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Webhooks;

/// <summary>A message as Standard Webhooks 1.0 has it; the same event gives the same message, byte for byte.</summary>
/// <param name="Id">Stays the same however often it is sent, so that receivers can drop what they had.</param>
/// <param name="Body">JSON: <c>type</c>, <c>timestamp</c>, and the event as on every other wire in <c>data</c>.</param>
internal sealed record WebhookMessage(string Id, byte[] Body)
{
    public static WebhookMessage Of(EventFrame frame, DateTimeOffset at)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"type":"job.{{frame.Type}}","timestamp":"{{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}","data":""");
        var body = new ArrayBufferWriter<byte>(head.Length + frame.Json.Length + 1);
        body.Write(Encoding.ASCII.GetBytes(head));
        body.Write(frame.Json.Span);
        body.Write("}"u8);
        return new WebhookMessage(IdOf(frame.JobId, frame.Seq), body.WrittenSpan.ToArray());
    }

    /// <summary>A message about no job, to try an address.</summary>
    public static WebhookMessage Test(DateTimeOffset at) => new(
        $"msg_test_{Guid.NewGuid():N}",
        Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"type":"test","timestamp":"{{{at.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}}}","data":{"message":"A test of ProgressHub. No job is behind it."}}""")));

    private static string IdOf(JobId id, long seq) => string.Create(CultureInfo.InvariantCulture, $"msg_{id}_{seq}");
}
