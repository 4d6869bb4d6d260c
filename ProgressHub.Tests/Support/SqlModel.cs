using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ProgressHub.Tests.Support;

/// <summary>A chat model on a loopback port that writes the queries it is told to write.</summary>
internal sealed class SqlModel : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<string> _answers = new();

    private SqlModel(WebApplication app) => _app = app;

    public string Endpoint { get; private set; } = "";

    /// <summary>What it was told, each time.</summary>
    public ConcurrentQueue<string> Instructions { get; } = new();

    public static async Task<SqlModel> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var model = new SqlModel(app);
        app.MapPost("/v1/chat/completions", model.AnswerAsync);
        await app.StartAsync();
        model.Endpoint = $"{app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()}/v1";
        return model;
    }

    /// <summary>Its next answers: queries as JSON, and what begins otherwise as it is.</summary>
    public void Writes(params string[] queries)
    {
        foreach (var query in queries)
            _answers.Enqueue(query.StartsWith("```", StringComparison.Ordinal) ? query : new JsonObject { ["sql"] = query, ["explanation"] = "What the model thought." }.ToJsonString());
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var body = (await JsonNode.ParseAsync(context.Request.Body))!;
        var told = body["messages"]![0]!["content"]!;
        Instructions.Enqueue(told is JsonArray parts ? string.Concat(parts.Select(p => p!["text"]!.GetValue<string>())) : told.GetValue<string>());
        var answer = _answers.TryDequeue(out var next) ? next : "I do not know.";
        context.Response.ContentType = "text/event-stream";
        foreach (var frame in (string[])[.. OpenAIWire.Instance.Begin(), OpenAIWire.Instance.Piece(answer), .. OpenAIWire.Instance.End(tooLong: false)])
            await context.Response.WriteAsync(frame);
    }
}
