using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ProgressHub.Tests.Support;

/// <summary>
/// A chat model on a loopback port that plays turns: each says something, calls functions, or both, in the streaming protocol
/// of OpenAI (arguments in fragments, usage in a chunk of its own) or of Anthropic.
/// </summary>
internal sealed class ToolModel : IAsyncDisposable
{
    private readonly ConcurrentQueue<ModelTurn> _turns = new();
    private WebApplication _app = null!;

    private ToolModel()
    {
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>The requests as they came.</summary>
    public ConcurrentQueue<JsonNode> Requests { get; } = new();

    /// <summary>What it says once its turns are over.</summary>
    public ModelTurn Otherwise { get; set; } = ModelTurn.Says("All done [1].");

    /// <summary>Whether it refuses requests that offer functions, as small models do.</summary>
    public bool RefusesTools { get; init; }

    public static async Task<ToolModel> StartAsync(bool refusesTools = false)
    {
        var model = new ToolModel { RefusesTools = refusesTools };
        (model._app, var address) = await LoopbackApp.StartAsync(app =>
        {
            app.MapPost("/v1/chat/completions", context => model.PlayAsync(context, OpenAI));
            app.MapPost("/v1/messages", context => model.PlayAsync(context, Anthropic));
        });
        model.Address = new Uri($"{address}/");
        return model;
    }

    /// <summary>The settings that make it one engine or the other.</summary>
    public (string, string)[] Settings(string model = "m1") =>
    [
        ("Inference:OpenAI:Endpoint", $"{Address}v1"), ("Inference:OpenAI:ChatModel", model), ("Inference:OpenAI:ApiKey", "k"),
        ("Inference:Anthropic:BaseUrl", Address.ToString()), ("Inference:Anthropic:Model", model), ("Inference:Anthropic:ApiKey", "k"),
        ("Inference:RetryDelay", "00:00:00"),
    ];

    public void Plays(params ModelTurn[] turns)
    {
        foreach (var turn in turns)
            _turns.Enqueue(turn);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task PlayAsync(HttpContext context, Func<ModelTurn, IEnumerable<string>> wire)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body))!;
        Requests.Enqueue(body);
        if (RefusesTools && body["tools"] is not null)
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsJsonAsync(new { error = new { message = "m1 does not support tools" } });
            return;
        }

        var turn = _turns.TryDequeue(out var next) ? next : Otherwise;
        if (turn.Status is { } status)
        {
            context.Response.StatusCode = status;
            await context.Response.WriteAsJsonAsync(new { error = new { message = "scripted" } });
            return;
        }

        context.Response.ContentType = "text/event-stream";
        foreach (var frame in wire(turn))
        {
            await context.Response.WriteAsync(frame);
            await context.Response.Body.FlushAsync();
        }
    }

    private static IEnumerable<string> OpenAI(ModelTurn turn)
    {
        yield return Chunk(new { role = "assistant", content = "" }, null);
        foreach (var piece in (turn.Text ?? "").Chunk(9))
            yield return Chunk(new { content = new string(piece) }, null);
        foreach (var (index, call) in turn.Calls.Index())
        {
            yield return Chunk(new { tool_calls = new[] { new { index, id = $"call_{index}", type = "function", function = new { name = Name(call), arguments = "" } } } }, null);
            foreach (var piece in call.Arguments.Chunk(5))
                yield return Chunk(new { tool_calls = new[] { new { index, function = new { arguments = new string(piece) } } } }, null);
        }

        if (turn.BreaksOff)
            yield break;
        yield return Chunk(new { }, turn.Calls.Count > 0 ? "tool_calls" : "stop");
        if (turn.Usage is { } usage)
        {
            yield return $"data: {JsonSerializer.Serialize(new { id = "c", @object = "chat.completion.chunk", created = 1700000000, model = "m", choices = Array.Empty<object>(), usage = new { prompt_tokens = usage.Input, completion_tokens = usage.Output, total_tokens = usage.Input + usage.Output } })}\n\n";
        }

        yield return "data: [DONE]\n\n";

        static string Chunk(object delta, string? finish) => $"data: {JsonSerializer.Serialize(new { id = "c", @object = "chat.completion.chunk", created = 1700000000, model = "m", choices = new[] { new { index = 0, delta, finish_reason = finish } } })}\n\n";
    }

    private static IEnumerable<string> Anthropic(ModelTurn turn)
    {
        var usage = turn.Usage ?? (0, 0);
        yield return Event("message_start", new { type = "message_start", message = new { id = "msg_1", type = "message", role = "assistant", model = "m", content = Array.Empty<object>(), stop_reason = (string?)null, stop_sequence = (string?)null, usage = new { input_tokens = usage.Input, output_tokens = 1 } } });
        var block = 0;
        if (turn.Text is { } text)
        {
            yield return Event("content_block_start", new { type = "content_block_start", index = block, content_block = new { type = "text", text = "" } });
            foreach (var piece in text.Chunk(9))
                yield return Event("content_block_delta", new { type = "content_block_delta", index = block, delta = new { type = "text_delta", text = new string(piece) } });
            yield return Event("content_block_stop", new { type = "content_block_stop", index = block++ });
        }

        foreach (var call in turn.Calls)
        {
            yield return Event("content_block_start", new { type = "content_block_start", index = block, content_block = new { type = "tool_use", id = $"toolu_{block}", name = Name(call), input = new { } } });
            foreach (var piece in call.Arguments.Chunk(5))
                yield return Event("content_block_delta", new { type = "content_block_delta", index = block, delta = new { type = "input_json_delta", partial_json = new string(piece) } });
            yield return Event("content_block_stop", new { type = "content_block_stop", index = block++ });
        }

        if (turn.BreaksOff)
            yield break;
        yield return Event("message_delta", new { type = "message_delta", delta = new { stop_reason = turn.Calls.Count > 0 ? "tool_use" : "end_turn", stop_sequence = (string?)null }, usage = new { output_tokens = usage.Output } });
        yield return Event("message_stop", new { type = "message_stop" });

        static string Event(string name, object data) => $"event: {name}\ndata: {JsonSerializer.Serialize(data)}\n\n";
    }

    // As the kernel names a function of its plugin.
    private static string Name(ModelCall call) => $"job_{call.Function}";
}

/// <summary>One answer of a model.</summary>
internal sealed record ModelTurn(string? Text, IReadOnlyList<ModelCall> Calls)
{
    /// <summary>What it says it has used; null for an endpoint that does not tell.</summary>
    public (int Input, int Output)? Usage { get; init; } = (100, 20);

    /// <summary>Whether it ends in the middle.</summary>
    public bool BreaksOff { get; init; }

    /// <summary>The status it is refused with; null for an answer.</summary>
    public int? Status { get; init; }

    public static ModelTurn Says(string text) => new(text, []);

    public static ModelTurn Calling(string function, object arguments, string? text = null) =>
        new(text, [new ModelCall(function, JsonSerializer.Serialize(arguments))]);
}

/// <summary>A call of a function.</summary>
internal sealed record ModelCall(string Function, string Arguments);
