using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ProgressHub.Tests.Support;

/// <summary>
/// A chat engine on a loopback port that speaks OpenAI's chat completions (streamed and whole) and Anthropic's messages
/// (streamed). It "translates" by upper-casing; a script says how its next answers go wrong.
/// </summary>
internal sealed class EngineServer : IAsyncDisposable
{
    private WebApplication _app = null!;
    private readonly ConcurrentQueue<EngineFault> _script = new();

    private EngineServer()
    {
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>The endpoint of the OpenAI dialect.</summary>
    public string OpenAI => $"{Address}v1";

    /// <summary>The endpoint of the Anthropic dialect.</summary>
    public string Anthropic => Address.ToString();

    public ConcurrentQueue<EngineRequest> Requests { get; } = new();

    /// <summary>What happens to requests for which the script has nothing.</summary>
    public EngineFault Always { get; set; }

    /// <summary>What it answers, where it is not to translate.</summary>
    public string? Says { get; set; }

    /// <summary>Completes once a client has gone away in the middle of an answer.</summary>
    public TaskCompletionSource Abandoned { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<EngineServer> StartAsync()
    {
        var server = new EngineServer();
        (server._app, var address) = await LoopbackApp.StartAsync(app =>
        {
            app.MapPost("/v1/chat/completions", context => server.AnswerAsync(context, OpenAIWire.Instance));
            app.MapPost("/v1/embeddings", context => server.AnswerAsync(context, OpenAIWire.Instance));
            app.MapPost("/v1/messages", context => server.AnswerAsync(context, AnthropicWire.Instance));
        });
        server.Address = new Uri($"{address}/");
        return server;
    }

    public void Next(params EngineFault[] faults)
    {
        foreach (var fault in faults)
            _script.Enqueue(fault);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context, IEngineWire wire)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body))!;
        var request = new EngineRequest(
            context.Request.Path, body, context.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()));
        Requests.Enqueue(request);
        var fault = _script.TryDequeue(out var scripted) ? scripted : Always;

        if (fault.Status() is { } status)
        {
            if (fault == EngineFault.Busy)
                context.Response.Headers.RetryAfter = "1";
            context.Response.StatusCode = status;
            await context.Response.WriteAsJsonAsync(wire.Error($"scripted {status} for {request.Key}"));
            return;
        }

        if (body["input"] is JsonArray texts)
        {
            await context.Response.WriteAsJsonAsync(OpenAIWire.Embeddings([.. texts.Select(t => t!.GetValue<string>())]));
            return;
        }

        var answer = Says ?? EngineAnswers.For(fault, request.Segments);
        if (body["stream"]?.GetValue<bool>() != true)
        {
            await context.Response.WriteAsJsonAsync(wire.Whole(answer));
            return;
        }

        context.Response.ContentType = "text/event-stream";
        try
        {
            await StreamAsync(context, wire, answer, fault);
        }
        catch (OperationCanceledException)
        {
            Abandoned.TrySetResult();
        }
    }

    private static async Task StreamAsync(HttpContext context, IEngineWire wire, string answer, EngineFault fault)
    {
        var gone = context.RequestAborted;
        foreach (var frame in wire.Begin())
            await SendAsync(frame);
        var pieces = answer.Chunk(7).Select(chars => new string(chars)).ToList();
        foreach (var (index, piece) in pieces.Index())
        {
            if (index == pieces.Count / 2 && fault == EngineFault.Stall)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, gone);
            if (index == pieces.Count / 2 && fault == EngineFault.CutAbruptly)
            {
                context.Abort();
                return;
            }

            if (index == pieces.Count / 2 && fault == EngineFault.CutPolitely)
                return;
            await SendAsync(wire.Piece(piece));
        }

        foreach (var frame in wire.End(fault == EngineFault.TooLong))
            await SendAsync(frame);

        async Task SendAsync(string frame)
        {
            await context.Response.WriteAsync(frame, gone);
            await context.Response.Body.FlushAsync(gone);
        }
    }
}

/// <summary>A request as it arrived.</summary>
internal sealed record EngineRequest(string Path, JsonNode Body, IReadOnlyDictionary<string, string> Headers)
{
    public string? Key => Headers.GetValueOrDefault("x-api-key")
        ?? Headers.GetValueOrDefault("authorization")?.Replace("Bearer ", "", StringComparison.Ordinal);

    public string Model => Body["model"]!.GetValue<string>();

    public string Instructions => Body["system"] is { } system
        ? Text(system)
        : Text(Body["messages"]![0]!["content"]!);

    public IReadOnlyList<(int Id, string Text)> Segments => [.. JsonNode.Parse(Text(Body["messages"]!.AsArray()[^1]!["content"]!))!
        .AsArray().Select(s => (s!["id"]!.GetValue<int>(), s["text"]!.GetValue<string>()))];

    private static string Text(JsonNode content) => content is JsonArray parts
        ? string.Concat(parts.Select(p => p!["text"]!.GetValue<string>()))
        : content.GetValue<string>();
}
