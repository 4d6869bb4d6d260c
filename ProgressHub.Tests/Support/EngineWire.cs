using System.Text.Json;

namespace ProgressHub.Tests.Support;

/// <summary>How an engine's protocol puts an answer on the wire.</summary>
internal interface IEngineWire
{
    object Error(string message);

    object Whole(string answer);

    IEnumerable<string> Begin();

    string Piece(string text);

    IEnumerable<string> End(bool tooLong);
}

/// <summary>OpenAI's chat completions.</summary>
internal sealed class OpenAIWire : IEngineWire
{
    public static readonly OpenAIWire Instance = new();

    /// <summary>Vectors of 8 numbers, as the SDK asks for them: base64. Texts with the same first letter are near.</summary>
    public static object Embeddings(IReadOnlyList<string> texts) => new
    {
        @object = "list",
        model = "m",
        // Out of order, as the protocol allows.
        data = texts.Select((text, index) => new { @object = "embedding", index, embedding = Convert.ToBase64String(Vector(text)) }).Reverse(),
        usage = new { prompt_tokens = 5, total_tokens = 5 },
    };

    private static byte[] Vector(string text)
    {
        var vector = new float[8];
        vector[char.ToLowerInvariant(text[^1]) % 8] = 3;
        vector[text.Length % 8] += 1;
        return [.. vector.SelectMany(BitConverter.GetBytes)];
    }

    public object Error(string message) => new { error = new { message, type = "requests", param = (string?)null, code = "scripted" } };

    public object Whole(string answer) => new
    {
        id = "chatcmpl-1",
        @object = "chat.completion",
        created = 1700000000,
        model = "m",
        choices = new[] { new { index = 0, message = new { role = "assistant", content = answer }, finish_reason = "stop" } },
        usage = new { prompt_tokens = 5, completion_tokens = 2, total_tokens = 7 },
    };

    public IEnumerable<string> Begin() => [Chunk(new { role = "assistant", content = "" }, null)];

    public string Piece(string text) => Chunk(new { content = text }, null);

    public IEnumerable<string> End(bool tooLong) => [Chunk(new { }, tooLong ? "length" : "stop"), "data: [DONE]\n\n"];

    private static string Chunk(object delta, string? finish) => "data: " + JsonSerializer.Serialize(new
    {
        id = "chatcmpl-1",
        @object = "chat.completion.chunk",
        created = 1700000000,
        model = "m",
        choices = new[] { new { index = 0, delta, finish_reason = finish } },
    }) + "\n\n";
}

/// <summary>Anthropic's messages.</summary>
internal sealed class AnthropicWire : IEngineWire
{
    public static readonly AnthropicWire Instance = new();

    public object Error(string message) => new { type = "error", error = new { type = "scripted_error", message } };

    public object Whole(string answer) => Message(new object[] { new { type = "text", text = answer } }, "end_turn");

    public IEnumerable<string> Begin() =>
    [
        Event("message_start", new { type = "message_start", message = Message([], null) }),
        Event("content_block_start", new { type = "content_block_start", index = 0, content_block = new { type = "text", text = "" } }),
        Event("ping", new { type = "ping" }),
    ];

    public string Piece(string text) => Event(
        "content_block_delta", new { type = "content_block_delta", index = 0, delta = new { type = "text_delta", text } });

    public IEnumerable<string> End(bool tooLong) =>
    [
        Event("content_block_stop", new { type = "content_block_stop", index = 0 }),
        Event("message_delta", new
        {
            type = "message_delta",
            delta = new { stop_reason = tooLong ? "max_tokens" : "end_turn", stop_sequence = (string?)null },
            usage = new { output_tokens = 4 },
        }),
        Event("message_stop", new { type = "message_stop" }),
    ];

    private static object Message(object[] content, string? stop) => new
    {
        id = "msg_1",
        type = "message",
        role = "assistant",
        model = "m",
        content,
        stop_reason = stop,
        stop_sequence = (string?)null,
        usage = new { input_tokens = 5, output_tokens = 1 },
    };

    private static string Event(string name, object data) => $"event: {name}\ndata: {JsonSerializer.Serialize(data)}\n\n";
}
