using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ProgressHub.Client.Events;
using ProgressHub.Client.Http;
using ProgressHub.Client.Jobs;

namespace ProgressHub.Client.Watching;

/// <summary>Server-sent events.</summary>
internal sealed class SseSource(HubHttp http) : IWatchSource
{
    public WatchTransport Transport => WatchTransport.ServerSentEvents;

    public async IAsyncEnumerable<WatchMessage> ConnectAsync(
        WatchTarget target, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var limit = new TimeLimit(http.Options.RequestTimeout, http.Time, cancellationToken);
        var request = HubRequest.Get($"{target.Path}/events{target.After('?')}") with { Accept = "text/event-stream" };
        using var response = await http.SendAsync(request, limit).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.NoContent)
        {
            // There is nothing left to say; the state tells what the end was.
            yield return new WatchMessage(
                await http.AskAsync(HubRequest.Get(target.Path), JobJson.Default.JobSnapshot, cancellationToken).ConfigureAwait(false),
                IsPresent: true);
            yield break;
        }

        if (response.Content.Headers.ContentType?.MediaType != "text/event-stream")
            throw new ProgressHubException("not_a_stream", "The server answered with something else than an event stream.");

        var body = await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false);
        var parser = SseParser.Create(body, static (type, data) => Read(type, data));
        await using var items = parser.EnumerateAsync(limit.Token).GetAsyncEnumerator(CancellationToken.None);
        TimeSpan? usual = null;
        while (await NextAsync(items, limit).ConfigureAwait(false))
        {
            limit.Extend(target.Silence);
            usual ??= parser.ReconnectionInterval;
            yield return items.Current.Data;
        }

        // A server that stops says how long to stay away right before it ends a stream.
        if (usual is not null && parser.ReconnectionInterval != usual)
            yield return new WatchMessage(ReconnectIn: parser.ReconnectionInterval);
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<SseItem<WatchMessage>> items, TimeLimit limit)
    {
        try
        {
            return await items.MoveNextAsync().ConfigureAwait(false);
        }
        catch (JsonException failure)
        {
            throw new ProgressHubException("invalid_answer", "The event stream holds what is no event.", failure);
        }
        catch (Exception failure) when (limit.Explain(failure) is { } told)
        {
            throw told;
        }
    }

    private static WatchMessage Read(string type, ReadOnlySpan<byte> data) => type switch
    {
        "heartbeat" => default,
        "snapshot" => new WatchMessage(JsonSerializer.Deserialize(data, JobJson.Default.JobSnapshot)),
        _ => new WatchMessage(Event: JsonSerializer.Deserialize(data, EventJson.Default.JsonElement)),
    };
}
