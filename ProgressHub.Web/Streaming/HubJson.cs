using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.Core.Events;

namespace ProgressHub.Web.Streaming;

/// <summary>Writes an event's JSON as it was encoded, once, after its commit.</summary>
internal sealed class EventFrameConverter : JsonConverter<EventFrame>
{
    public override EventFrame Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Events are sent, never received.");

    public override void Write(Utf8JsonWriter writer, EventFrame value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Json.Span, skipInputValidation: true);
}

/// <summary>Writes a snapshot in its one shape.</summary>
internal sealed class SnapshotConverter : JsonConverter<JobSnapshot>
{
    public override JobSnapshot Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Snapshots are sent, never received.");

    public override void Write(Utf8JsonWriter writer, JobSnapshot value, JsonSerializerOptions options) =>
        writer.WriteRawValue(EventJson.Serialize(value), skipInputValidation: true);
}
