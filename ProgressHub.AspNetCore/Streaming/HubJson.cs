using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>What the hub sends, in the shapes of every other wire.</summary>
internal static class HubJson
{
    public static void Write(Utf8JsonWriter writer, SnapshotView view) =>
        writer.WriteRawValue(SnapshotJson.Serialize(view), skipInputValidation: true);

    // As it was encoded, once, after its commit.
    public static void Write(Utf8JsonWriter writer, EventFrame frame) =>
        writer.WriteRawValue(frame.Json.Span, skipInputValidation: true);

    public static void WriteEvents(Utf8JsonWriter writer, IReadOnlyList<EventFrame> events)
    {
        writer.WriteStartArray("events");
        foreach (var frame in events)
            Write(writer, frame);
        writer.WriteEndArray();
    }
}

/// <summary>Writes an event.</summary>
internal sealed class EventFrameConverter : JsonConverter<EventFrame>
{
    public override EventFrame Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Events are sent, never received.");

    public override void Write(Utf8JsonWriter writer, EventFrame value, JsonSerializerOptions options) =>
        HubJson.Write(writer, value);
}

/// <summary>Writes a snapshot.</summary>
internal sealed class SnapshotConverter : JsonConverter<SnapshotView>
{
    public override SnapshotView Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Snapshots are sent, never received.");

    public override void Write(Utf8JsonWriter writer, SnapshotView value, JsonSerializerOptions options) =>
        HubJson.Write(writer, value);
}
