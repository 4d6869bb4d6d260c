using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ProgressHub.Core.Events;

/// <summary>The JSON of events and snapshots: what is stored and what goes over every wire.</summary>
internal static class EventJson
{
    /// <summary>Type information for everything a watcher is sent.</summary>
    public static EventJsonContext Context { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,

        // Readable text in every script; quotes, backslashes and control characters are still escaped, so CR and LF
        // can't break a frame. The JSON never stands inside HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The event's JSON, in UTF-8.</summary>
    public static byte[] Serialize(JobEvent jobEvent) =>
        JsonSerializer.SerializeToUtf8Bytes(jobEvent, TypeInfo(jobEvent.Type));

    /// <summary>Writes the event's JSON and nothing else.</summary>
    /// <exception cref="InvalidOperationException">It holds what has no JSON, such as an undefined element.</exception>
    internal static void Write(Utf8JsonWriter writer, JobEvent jobEvent)
    {
        JsonSerializer.Serialize(writer, jobEvent, TypeInfo(jobEvent.Type));
        writer.Flush();
    }

    /// <summary>Reads an event of a known type.</summary>
    /// <exception cref="JsonException">The JSON is not of that type, or there is no such type.</exception>
    public static JobEvent Deserialize(string type, ReadOnlySpan<byte> json) =>
        (JobEvent)(JsonSerializer.Deserialize(json, TypeInfo(type)) ?? throw new JsonException("An event can't be null."));

    /// <summary>The snapshot's JSON, in UTF-8.</summary>
    public static byte[] Serialize(JobSnapshot snapshot) =>
        JsonSerializer.SerializeToUtf8Bytes(snapshot, Context.JobSnapshot);

    /// <summary>Reads a snapshot.</summary>
    public static JobSnapshot DeserializeSnapshot(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Context.JobSnapshot) ?? throw new JsonException("A snapshot can't be null.");

    private static JsonTypeInfo TypeInfo(string type) => type switch
    {
        EventTypes.Queued => Context.QueuedEvent,
        EventTypes.Started => Context.StartedEvent,
        EventTypes.Stage => Context.StageEvent,
        EventTypes.Progress => Context.ProgressEvent,
        EventTypes.Log => Context.LogEvent,
        EventTypes.Partial => Context.PartialEvent,
        EventTypes.Usage => Context.UsageEvent,
        EventTypes.InputRequired => Context.InputRequiredEvent,
        EventTypes.InputReceived => Context.InputReceivedEvent,
        EventTypes.Retrying => Context.RetryingEvent,
        EventTypes.Canceling => Context.CancelingEvent,
        EventTypes.Tags => Context.TagsEvent,
        EventTypes.Done => Context.DoneEvent,
        _ => throw new JsonException($"There is no event type '{type}'."),
    };
}

/// <summary>Source-generated type information; use it through <see cref="EventJson"/>.</summary>
[JsonSerializable(typeof(QueuedEvent))]
[JsonSerializable(typeof(StartedEvent))]
[JsonSerializable(typeof(StageEvent))]
[JsonSerializable(typeof(ProgressEvent))]
[JsonSerializable(typeof(LogEvent))]
[JsonSerializable(typeof(PartialEvent))]
[JsonSerializable(typeof(UsageEvent))]
[JsonSerializable(typeof(InputRequiredEvent))]
[JsonSerializable(typeof(InputReceivedEvent))]
[JsonSerializable(typeof(RetryingEvent))]
[JsonSerializable(typeof(CancelingEvent))]
[JsonSerializable(typeof(TagsEvent))]
[JsonSerializable(typeof(DoneEvent))]
[JsonSerializable(typeof(JobSnapshot))]
internal sealed partial class EventJsonContext : JsonSerializerContext;
