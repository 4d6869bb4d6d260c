using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Client.Events;
using ProgressHub.Client.Http;
using ProgressHub.Client.Jobs;

namespace ProgressHub.Client.Watching;

/// <summary>
/// The hub, over WebSockets alone: where they are blocked, our own streams cost the server less than those of the
/// library. A connection that is lost ends here and is resumed by cursor.
/// </summary>
internal sealed class HubSource(HubHttp http) : IWatchSource
{
    public WatchTransport Transport => WatchTransport.SignalR;

    public async IAsyncEnumerable<WatchMessage> ConnectAsync(
        WatchTarget target, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = Connection(target.JobId);
        connection.ServerTimeout = target.Silence;
        using var limit = new TimeLimit(http.Options.RequestTimeout, http.Time, cancellationToken);
        try
        {
            await connection.StartAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            throw await ExplainAsync(target, failure, cancellationToken).ConfigureAwait(false);
        }

        // From here on the library's pings notice a dead connection.
        limit.Extend(Timeout.InfiniteTimeSpan);
        var items = connection.StreamAsync<JsonElement>("Stream", target.JobId, target.Ledger.Cursor, limit.Token)
            .GetAsyncEnumerator(CancellationToken.None);
        await using (items.ConfigureAwait(false))
        {
            while (true)
            {
                try
                {
                    if (!await items.MoveNextAsync().ConfigureAwait(false))
                        yield break;
                }
                catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
                {
                    throw await ExplainAsync(target, failure, cancellationToken).ConfigureAwait(false);
                }

                foreach (var message in Read(items.Current))
                    yield return message;
            }
        }
    }

    private static IEnumerable<WatchMessage> Read(JsonElement item)
    {
        if (item.TryGetProperty("snapshot", out var snapshot) && snapshot.ValueKind == JsonValueKind.Object)
            yield return new WatchMessage(snapshot.Deserialize(JobJson.Default.JobSnapshot));
        if (!item.TryGetProperty("events", out var events) || events.ValueKind != JsonValueKind.Array)
            yield break;
        foreach (var json in events.EnumerateArray())
            yield return new WatchMessage(Event: json);
    }

    private HubConnection Connection(string jobId)
    {
        var builder = new HubConnectionBuilder().WithUrl(http.AddressOf("hubs/jobs"), options =>
        {
            options.Transports = HttpTransportType.WebSockets;
            options.SkipNegotiation = true;
            if (http.Options.AccessToken is { } ask)
            {
                // A browser's WebSocket sends no headers, and the library would put the token into the address.
                options.AccessTokenProvider = OperatingSystem.IsBrowser()
                    ? () => StreamTicket.BuyAsync(http, jobId, CancellationToken.None)
                    : () => ask(CancellationToken.None).AsTask();
            }
        });
        builder.Services.AddSingleton(http.Options.LoggerFactory);
        builder.AddJsonProtocol(protocol =>
            protocol.PayloadSerializerOptions.TypeInfoResolverChain.Insert(0, EventJson.Default));
        return builder.Build();
    }

    /// <summary>An error of the hub is only text: whether the job is unknown or not ours, HTTP can say.</summary>
    private async Task<Exception> ExplainAsync(WatchTarget target, Exception failure, CancellationToken cancellationToken)
    {
        if (failure is HubException or HttpRequestException or WebSocketException)
            await http.AskAsync(HubRequest.Get(target.Path), JobJson.Default.JobSnapshot, cancellationToken).ConfigureAwait(false);
        return new ProgressHubException("hub_failed", failure.Message, failure);
    }
}
