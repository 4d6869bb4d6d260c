using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ProgressHub.Tests.Support;

/// <summary>Receives webhooks on a real port, and answers as a test says.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private WebApplication _app = null!;

    private WebhookReceiver()
    {
    }

    public string Url { get; private set; } = "";

    /// <summary>All that came, in order.</summary>
    public ConcurrentQueue<ReceivedMessage> Messages { get; } = new();

    /// <summary>Answers a request, given how many came before it; 204 by default.</summary>
    public Func<HttpContext, int, Task> Answer { get; set; } = static (context, _) => StatusAsync(context, 204);

    public static async Task<WebhookReceiver> StartAsync()
    {
        var receiver = new WebhookReceiver();
        (receiver._app, var address) = await LoopbackApp.StartAsync(app => app.Map("{**path}", receiver.ReceiveAsync));
        receiver.Url = $"{address}/hook?tenant=7";
        return receiver;
    }

    public static Task StatusAsync(HttpContext context, int status, string? body = null)
    {
        context.Response.StatusCode = status;
        return body is null ? Task.CompletedTask : context.Response.WriteAsync(body);
    }

    /// <summary>Answers with these statuses in turn, and with the last for good.</summary>
    public void AnswerWith(params int[] statuses) =>
        Answer = (context, before) => StatusAsync(context, statuses[Math.Min(before, statuses.Length - 1)]);

    public async Task<IReadOnlyList<ReceivedMessage>> ReceiveAsync(int count)
    {
        await Patience.UntilAsync(() => Messages.Count >= count, $"{count} messages have come");
        return [.. Messages];
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var before = Messages.Count;
        Messages.Enqueue(new ReceivedMessage(
            context.Request.Method, context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()), body.ToArray()));
        await Answer(context, before);
    }
}

/// <summary>A message that came.</summary>
internal sealed record ReceivedMessage(string Method, string Target, Dictionary<string, string> Headers, byte[] Body)
{
    public string Id => Headers["webhook-id"];

    public JsonElement Json => JsonElement.Parse(Body);

    public string? Type => Json.GetProperty("type").GetString();

    public long Seq => Json.GetProperty("data").GetProperty("seq").GetInt64();

    /// <summary>Whether its signature is right, by the words of Standard Webhooks and nothing of ours.</summary>
    public bool IsSignedWith(string secret)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{Id}.{Headers["webhook-timestamp"]}."), .. Body];
        var hash = HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed);
        return Headers["webhook-signature"].Split(' ').Contains($"v1,{Convert.ToBase64String(hash)}");
    }
}
