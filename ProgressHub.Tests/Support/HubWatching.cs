using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR.Client;

namespace ProgressHub.Tests.Support;

/// <summary>Watches jobs as a .NET client of the hub does.</summary>
internal static class HubWatching
{
    /// <summary>Watches by <c>Watch</c> and <c>events</c>, from a cursor to the end.</summary>
    public static async Task<IReadOnlyList<SeenEvent>> WatchAsync(Uri server, string jobId, long after)
    {
        var batches = Channel.CreateUnbounded<JsonElement[]>();
        await using var hub = HubClient.ConnectionTo(server);
        hub.On<JsonElement[]>("events", batch => batches.Writer.TryWrite(batch));
        hub.Closed += failure =>
        {
            batches.Writer.TryComplete(failure);
            return Task.CompletedTask;
        };
        await hub.StartAsync().Soon();

        var answer = await hub.InvokeAsync<JsonElement>("Watch", jobId, after).Soon();
        var seen = Events(answer.GetProperty("events").EnumerateArray()).ToList();
        while (seen is not [.., { IsDone: true }])
            seen.AddRange(Events(await batches.Reader.ReadAsync().Soon()));
        return seen;
    }

    /// <summary>Watches by the hub's <c>Stream</c>, from a cursor to the end.</summary>
    public static async Task<IReadOnlyList<SeenEvent>> StreamAsync(Uri server, string jobId, long after)
    {
        await using var hub = HubClient.ConnectionTo(server);
        await hub.StartAsync().Soon();
        var seen = new List<SeenEvent>();
        await foreach (var item in hub.StreamAsync<JsonElement>("Stream", jobId, after))
        {
            if (item.TryGetProperty("events", out var events) && events.ValueKind == JsonValueKind.Array)
                seen.AddRange(Events(events.EnumerateArray()));
        }

        return seen;
    }

    private static IEnumerable<SeenEvent> Events(IEnumerable<JsonElement> events) =>
        events.Select(e => new SeenEvent(e.GetRawText()));
}
