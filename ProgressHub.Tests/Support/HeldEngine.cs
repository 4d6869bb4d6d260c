using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ProgressHub.Tests.Support;

/// <summary>
/// A chat and embedding engine on a loopback port that "translates" by upper-casing, and answers when the test lets it: a
/// job stands still in the middle for as long as a test looks at it.
/// </summary>
internal sealed class HeldEngine : IAsyncDisposable
{
    private const int Many = 1_000_000;

    private WebApplication _app = null!;
    private SemaphoreSlim _gate = new(Many);
    private string? _refused;

    private HeldEngine()
    {
    }

    /// <summary>Settings for a server that translates with this engine, one batch after the other.</summary>
    public (string Key, string Value)[] Settings =>
    [
        ("Inference:OpenAI:Endpoint", $"{Address}/v1"),
        ("Inference:OpenAI:ChatModel", "m"),
        ("Inference:OpenAI:EmbeddingModel", "e"),
        ("Inference:OpenAI:ApiKey", "k"),
        ("Inference:MaxRetries", "0"),
        ("Inference:StallTimeout", "00:30:00"),
        ("Inference:RequestTimeout", "00:30:00"),
        ("Translation:DefaultEngine", "openai"),
        ("Translation:MaxParallelBatches", "1"),
        ("Translation:BatchCharacters", "50"),
    ];

    private string Address { get; set; } = "";

    public static async Task<HeldEngine> StartAsync()
    {
        var engine = new HeldEngine();
        (engine._app, engine.Address) = await LoopbackApp.StartAsync(app =>
        {
            app.MapPost("/v1/chat/completions", engine.AnswerAsync);
            app.MapPost("/v1/embeddings", engine.AnswerAsync);
        });
        return engine;
    }

    /// <summary>From now on requests wait.</summary>
    public void Hold() => _gate = new SemaphoreSlim(0);

    /// <summary>Lets so many answers through.</summary>
    public void Let(int answers) => _gate.Release(answers);

    /// <summary>Lets all through that wait and that come.</summary>
    public void LetAll() => _gate.Release(Many);

    /// <summary>Refuses what contains a word; null to refuse nothing.</summary>
    public void Refuse(string? word) => _refused = word;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body))!;
        var request = new EngineRequest(context.Request.Path, body, new Dictionary<string, string>());
        try
        {
            await _gate.WaitAsync(context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        if (body["input"] is JsonArray texts)
        {
            await context.Response.WriteAsJsonAsync(OpenAIWire.Embeddings([.. texts.Select(t => t!.GetValue<string>())]));
            return;
        }

        var wire = OpenAIWire.Instance;
        if (_refused is { } word && request.Segments.Any(s => s.Text.Contains(word, StringComparison.Ordinal)))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsJsonAsync(wire.Error("the engine won't translate this"));
            return;
        }

        var answer = EngineAnswers.For(EngineFault.None, request.Segments);
        if (body["stream"]?.GetValue<bool>() != true)
        {
            await context.Response.WriteAsJsonAsync(wire.Whole(answer));
            return;
        }

        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync(string.Concat([.. wire.Begin(), wire.Piece(answer), .. wire.End(tooLong: false)]));
    }
}
