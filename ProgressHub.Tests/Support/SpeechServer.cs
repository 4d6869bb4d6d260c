using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ProgressHub.Workloads.Transcription.Audio;

namespace ProgressHub.Tests.Support;

/// <summary>How the speech server streams.</summary>
internal enum SpeechStream
{
    /// <summary>Not at all: whatever is asked, it answers JSON.</summary>
    None,

    /// <summary>Words, and all of them again at the end.</summary>
    Deltas,

    /// <summary>Words and segments with times.</summary>
    Segments,
}

/// <summary>
/// A speech engine on a loopback port that speaks OpenAI's transcriptions, whole and streamed. It "hears" a segment each
/// second, and names it by how many it has told before; a script says how its next answers go wrong.
/// </summary>
internal sealed class SpeechServer : IAsyncDisposable
{
    private WebApplication _app = null!;
    private readonly ConcurrentQueue<EngineFault> _script = new();
    private int _told;
    private int _translations;

    private SpeechServer()
    {
    }

    public string Endpoint { get; private set; } = "";

    public ConcurrentQueue<SpeechRequest> Requests { get; } = new();

    /// <summary>How many of the requests were for English text.</summary>
    public int Translations => Volatile.Read(ref _translations);

    public SpeechStream Stream { get; set; }

    /// <summary>Whether whole answers have segments.</summary>
    public bool HasSegments { get; set; } = true;

    /// <summary>Completes once a client has gone away in the middle of an answer.</summary>
    public TaskCompletionSource Abandoned { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<SpeechServer> StartAsync()
    {
        var server = new SpeechServer();
        (server._app, var address) = await LoopbackApp.StartAsync(app =>
        {
            app.MapPost("/v1/audio/transcriptions", server.AnswerAsync);
            app.MapPost("/v1/audio/translations", context =>
            {
                Interlocked.Increment(ref server._translations);
                return server.AnswerAsync(context);
            });
        });
        server.Endpoint = $"{address}/v1";
        return server;
    }

    public void Next(params EngineFault[] faults)
    {
        foreach (var fault in faults)
            _script.Enqueue(fault);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        var file = form.Files.Single();
        var seconds = SpeechAudio.Seconds(file.Length);
        Requests.Enqueue(new SpeechRequest(
            form["model"].ToString(), form["language"].ToString(), form["prompt"].ToString(), form["response_format"].ToString(),
            form["stream"].ToString() is "true" or "True", seconds, context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal)));
        var fault = _script.TryDequeue(out var scripted) ? scripted : EngineFault.None;
        if (fault.Status() is { } status)
        {
            if (fault == EngineFault.Busy)
                context.Response.Headers.RetryAfter = "1";
            context.Response.StatusCode = status;
            await context.Response.WriteAsJsonAsync(OpenAIWire.Instance.Error($"scripted {status}"));
            return;
        }

        try
        {
            if (Requests.Last().Streamed && Stream != SpeechStream.None)
                await StreamAsync(context, seconds, fault);
            else
                await WholeAsync(context, seconds, fault);
        }
        catch (OperationCanceledException)
        {
            Abandoned.TrySetResult();
        }
    }

    private async Task WholeAsync(HttpContext context, double seconds, EngineFault fault)
    {
        if (fault == EngineFault.Stall)
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        if (fault == EngineFault.CutAbruptly)
        {
            context.Abort();
            return;
        }

        var segments = Enumerable.Range(0, (int)seconds).Select(i => new
        {
            id = i, seek = 0, start = (double)i, end = i + 1.0, text = $" word{_told++}", tokens = Array.Empty<int>(),
            temperature = 0.0, avg_logprob = -0.1, compression_ratio = 1.0, no_speech_prob = 0.0,
        }).ToArray();
        var text = string.Concat(segments.Select(s => s.text)).Trim();
        await context.Response.WriteAsJsonAsync<object>(
            HasSegments ? new { task = "transcribe", language = "english", duration = seconds, text, segments } : new { text });
    }

    private async Task StreamAsync(HttpContext context, double seconds, EngineFault fault)
    {
        context.Response.ContentType = "text/event-stream";
        var (all, count) = ("", (int)seconds);
        for (var i = 0; i < count; i++)
        {
            if (i == count / 2 && fault == EngineFault.Stall)
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
            if (i == count / 2 && fault == EngineFault.CutPolitely)
                return;
            if (i == count / 2 && fault == EngineFault.CutAbruptly)
            {
                context.Abort();
                return;
            }

            var word = $" word{_told++}";
            all += word;
            await SendAsync(context, new { type = "transcript.text.delta", delta = word });
            if (Stream == SpeechStream.Segments)
                await SendAsync(context, new { type = "transcript.text.segment", id = $"s{i}", start = (double)i, end = i + 1.0, text = word, speaker = "A" });
        }

        await SendAsync(context, new { type = "transcript.text.done", text = all.Trim() });
        await context.Response.WriteAsync("data: [DONE]\n\n");
    }

    private static async Task SendAsync(HttpContext context, object update)
    {
        await context.Response.WriteAsync($"data: {JsonSerializer.Serialize(update)}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}

/// <summary>A request as it arrived.</summary>
internal sealed record SpeechRequest(
    string Model, string Language, string Prompt, string Format, bool Streamed, double Seconds, string Key);
