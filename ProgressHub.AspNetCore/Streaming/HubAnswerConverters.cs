using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>
/// Writes the answer to <c>Watch</c>, and lets its watch begin. SignalR writes an answer while it holds the connection's
/// lock, and so what the watch sends comes behind it on the wire: no client sees an event before the state it follows.
/// </summary>
internal sealed class WatchAnswerConverter : JsonConverter<WatchAnswer>
{
    public override WatchAnswer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Answers are sent, never received.");

    public override void Write(Utf8JsonWriter writer, WatchAnswer value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("snapshot");
        HubJson.Write(writer, value.Snapshot);
        HubJson.WriteEvents(writer, value.Events);
        writer.WriteEndObject();
        value.Watch?.Begin();
    }
}

/// <summary>The same for <c>WatchMine</c>.</summary>
internal sealed class WatchMineAnswerConverter : JsonConverter<WatchMineAnswer>
{
    public override WatchMineAnswer Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Answers are sent, never received.");

    public override void Write(Utf8JsonWriter writer, WatchMineAnswer value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("jobs");
        foreach (var snapshot in value.Jobs)
            HubJson.Write(writer, snapshot);
        writer.WriteEndArray();
        HubJson.WriteEvents(writer, value.Events);
        writer.WriteString("cursor", value.Cursor);
        writer.WriteBoolean("more", value.More);
        writer.WriteEndObject();
        value.Watch?.Begin();
    }
}
