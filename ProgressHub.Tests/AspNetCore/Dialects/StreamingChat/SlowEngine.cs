using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore.Dialects.StreamingChat;

/// <summary>A chat engine on a loopback port that says nothing at all for a while, and then everything at once.</summary>
internal sealed class SlowEngine : IAsyncDisposable
{
    public const string Answer = "雨已停，橋仍濕 [1]。慢慢走，面試會順利。";

    private WebApplication _app = null!;
    private string _address = "";

    private SlowEngine()
    {
    }

    /// <summary>How long it says nothing.</summary>
    public TimeSpan Silence { get; set; }

    /// <summary>Whether it then refuses.</summary>
    public bool Refuses { get; set; }

    /// <summary>Settings for a server whose questions this engine answers.</summary>
    public (string Key, string Value)[] Settings =>
    [
        ("Inference:OpenAI:Endpoint", $"{_address}/v1"),
        ("Inference:OpenAI:ChatModel", "m"),
        ("Inference:OpenAI:ApiKey", "k"),
        ("Inference:MaxRetries", "0"),
        ("Knowledge:DefaultEngine", "openai"),
    ];

    public static async Task<SlowEngine> StartAsync(TimeSpan silence)
    {
        var engine = new SlowEngine { Silence = silence };
        (engine._app, engine._address) = await LoopbackApp.StartAsync(app => app.MapPost("/v1/chat/completions", engine.AnswerAsync));
        return engine;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        try
        {
            await Task.Delay(Silence, TimeProvider.System, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        var wire = OpenAIWire.Instance;
        if (Refuses)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await context.Response.WriteAsJsonAsync(wire.Error("no such key"));
            return;
        }

        context.Response.ContentType = "text/event-stream";
        await context.Response.WriteAsync(string.Concat([.. wire.Begin(), wire.Piece(Answer), .. wire.End(tooLong: false)]));
    }
}
