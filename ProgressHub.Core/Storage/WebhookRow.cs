using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>Webhooks and their deliveries as columns.</summary>
internal static partial class WebhookRow
{
    /// <summary>What <see cref="ReadDelivery"/> expects, in its order.</summary>
    public const string DeliveryColumns = "d.seq, d.type, d.at, d.state, d.next_at, d.tried, d.attempts";

    public static string WriteEvents(IReadOnlyList<string> events) =>
        JsonSerializer.Serialize(events, WebhookJson.Default.IReadOnlyListString);

    /// <summary>Reads the columns <c>owner, url, host, events, secret, cursor, following, disabled</c>.</summary>
    public static Webhook Read(JobId id, DbDataReader reader) => new()
    {
        JobId = id,
        Owner = reader.GetString(0),
        Target = new NewWebhook(
            reader.GetString(1), reader.GetString(2),
            JsonSerializer.Deserialize(reader.GetString(3), WebhookJson.Default.IReadOnlyListString) ?? [],
            reader.GetFieldValue<byte[]>(4)),
        Cursor = reader.GetInt64(5),
        IsFollowing = reader.GetInt32(6) != 0,
        IsDisabled = reader.GetInt32(7) != 0,
    };

    /// <summary>Reads the columns <c>place, id, title, url, state, pending, delivered, failed</c>.</summary>
    public static OwnedWebhook ReadOwned(DbDataReader reader) => new()
    {
        JobId = JobRow.ReadId(reader, 1),
        Title = reader.GetString(2),
        Url = reader.GetString(3),
        State = reader.GetString(4),
        Pending = reader.GetInt64(5),
        Delivered = reader.GetInt64(6),
        Failed = reader.GetInt64(7),
    };

    public static WebhookDelivery ReadDelivery(DbDataReader reader) => new()
    {
        Seq = reader.GetInt64(0),
        Type = reader.GetString(1),
        At = Moment.Read(reader, 2),
        State = reader.GetString(3) switch
        {
            "pending" => WebhookDeliveryState.Pending,
            "delivered" => WebhookDeliveryState.Delivered,
            _ => WebhookDeliveryState.Failed,
        },
        NextAttemptAt = Moment.ReadOptional(reader, 4),
        AttemptCount = reader.GetInt32(5),
        Attempts = reader.IsDBNull(6) ? [] : ReadAttempts(reader.GetFieldValue<byte[]>(6)),
    };

    public static string Name(WebhookDeliveryState state) => state switch
    {
        WebhookDeliveryState.Pending => "pending",
        WebhookDeliveryState.Delivered => "delivered",
        _ => "failed",
    };

    /// <summary>Adds an attempt to those that are kept.</summary>
    public static byte[] Add(byte[]? attempts, WebhookAttempt attempt) => JsonSerializer.SerializeToUtf8Bytes(
        [.. ReadAttempts(attempts).TakeLast(IWebhookStore.KeptAttempts - 1), attempt],
        WebhookJson.Default.IReadOnlyListWebhookAttempt);

    private static IReadOnlyList<WebhookAttempt> ReadAttempts(byte[]? json) =>
        json is null ? [] : JsonSerializer.Deserialize(json, WebhookJson.Default.IReadOnlyListWebhookAttempt) ?? [];

    [JsonSerializable(typeof(IReadOnlyList<string>))]
    [JsonSerializable(typeof(IReadOnlyList<WebhookAttempt>))]
    private sealed partial class WebhookJson : JsonSerializerContext;
}
