using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Snapshots;

/// <summary>The JSON of a snapshot on the wire: one object, the state's members and then those of the server that sends it.</summary>
internal static class SnapshotJson
{
    private static readonly SnapshotAdditionsJson Context = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>It, in UTF-8.</summary>
    public static byte[] Serialize(SnapshotView view)
    {
        var state = EventJson.Serialize(view.Snapshot).AsSpan();
        var additions = JsonSerializer.SerializeToUtf8Bytes(
            new SnapshotAdditions(view.ServerTime, view.Receipt?.WriteToken, view.Receipt?.Webhook, view.Links),
            Context.SnapshotAdditions).AsSpan();

        // Neither is ever empty: {a} and {b} are {a,b}.
        return [.. state[..^1], (byte)',', .. additions[1..]];
    }
}

/// <summary>What the server that sends a snapshot adds to it.</summary>
/// <param name="ServerTime">Its clock.</param>
/// <param name="WriteToken">In the answer to submitting an external job: what lets its bearer report for it.</param>
/// <param name="Webhook">In the answer to submitting: the webhook, with its secret.</param>
/// <param name="Links">Where to go on from here.</param>
internal sealed record SnapshotAdditions(
    [property: JsonConverter(typeof(UtcMillisecondsConverter))] DateTimeOffset ServerTime,
    string? WriteToken, WebhookReceipt? Webhook, JobLinks? Links);

[JsonSerializable(typeof(SnapshotAdditions))]
internal sealed partial class SnapshotAdditionsJson : JsonSerializerContext;
