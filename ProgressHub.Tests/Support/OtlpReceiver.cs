using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ProgressHub.Tests.Support;

/// <summary>A span as it came by OTLP.</summary>
internal sealed record ReceivedSpan(string Trace, string Id, string Parent, string Name);

/// <summary>
/// Takes traces and metrics as an OpenTelemetry collector does: OTLP over HTTP, in protobuf, of which it reads what tests
/// look at (opentelemetry-proto 1.x, trace/v1 and metrics/v1).
/// </summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<ReceivedSpan> _spans = new();
    private readonly ConcurrentDictionary<string, bool> _metrics = new();

    private OtlpReceiver(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public IReadOnlyCollection<ReceivedSpan> Spans => _spans;

    public ICollection<string> Metrics => _metrics.Keys;

    public static async Task<OtlpReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        var receiver = new OtlpReceiver(builder.Build());
        receiver._app.Urls.Add("http://127.0.0.1:0");
        receiver._app.MapPost("/v1/traces", context => TakeAsync(context, receiver.TakeSpan, 1, 2, 2));
        receiver._app.MapPost("/v1/metrics", context => TakeAsync(context, receiver.TakeMetric, 1, 2, 2));
        await receiver._app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static async Task TakeAsync(HttpContext context, Action<byte[]> take, params int[] path)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        foreach (var message in path.Aggregate((IEnumerable<byte[]>)[body.ToArray()], (all, field) => all.SelectMany(m => Fields(m, field))))
            take(message);
        context.Response.ContentType = "application/x-protobuf";
    }

    private void TakeSpan(byte[] span) => _spans.Enqueue(new ReceivedSpan(
        Convert.ToHexStringLower(Fields(span, 1).Single()), Convert.ToHexStringLower(Fields(span, 2).Single()),
        Convert.ToHexStringLower(Fields(span, 4).SingleOrDefault() ?? []), Encoding.UTF8.GetString(Fields(span, 5).Single())));

    private void TakeMetric(byte[] metric) => _metrics[Encoding.UTF8.GetString(Fields(metric, 1).Single())] = true;

    /// <summary>The values of a field that have a length (protobuf's wire type 2).</summary>
    private static List<byte[]> Fields(byte[] message, int wanted)
    {
        var found = new List<byte[]>();
        for (var at = 0; at < message.Length;)
        {
            var key = Varint(message, ref at);
            switch (key & 7)
            {
                case 0:
                    Varint(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message, ref at);
                    if (key >> 3 == wanted)
                        found.Add(message[at..(at + length)]);
                    at += length;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"A field of wire type {key & 7}.");
            }
        }

        return found;
    }

    private static long Varint(byte[] message, ref int at)
    {
        long value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
    }
}
