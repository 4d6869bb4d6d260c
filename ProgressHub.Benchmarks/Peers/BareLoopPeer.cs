using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;

namespace ProgressHub.Benchmarks.Peers;

/// <summary>The least a stream can cost over the web server: a loop that writes the same bytes to each response, in turn.</summary>
internal sealed class BareLoopPeer : IPublisher
{
    private readonly Lock _gate = new();
    private readonly List<PipeWriter> _watchers = [];

    public void Map(WebApplication app)
    {
        app.MapPost("/begin", () => "job");
        app.MapGet("/stream", async (HttpContext context) =>
        {
            context.Response.ContentType = "text/event-stream";
            var body = context.Response.BodyWriter;
            Write(body, Frame(0, "snapshot"));
            await body.FlushAsync();
            lock (_gate)
                _watchers.Add(body);
            var gone = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(gone.SetResult);
            await gone.Task;
            lock (_gate)
                _watchers.Remove(body);
        });
    }

    public async ValueTask PublishAsync(int number)
    {
        var frame = Frame(number, "log");
        PipeWriter[] all;
        lock (_gate)
            all = [.. _watchers];
        foreach (var body in all)
        {
            Write(body, frame);
            await body.FlushAsync();
        }
    }

    private static byte[] Frame(int number, string type) =>
    [
        .. "event: "u8, .. System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{type}\nid: {number}\ndata: ")),
        .. JsonSerializer.SerializeToUtf8Bytes(PeerEvent.Create(number), JsonSerializerOptions.Web), .. "\n\n"u8,
    ];

    private static void Write(PipeWriter body, byte[] frame) => body.Write(frame);
}
