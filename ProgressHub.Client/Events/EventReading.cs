using System.Text.Json;

namespace ProgressHub.Client.Events;

/// <summary>From the wire to the class of an event's type.</summary>
internal static class EventReading
{
    /// <exception cref="JsonException">It is no event.</exception>
    public static JobEvent Read(JsonElement json)
    {
        var wire = EventJson.Default;
        JobEvent? read = TypeOf(json) switch
        {
            "queued" => json.Deserialize(wire.QueuedEvent),
            "started" => json.Deserialize(wire.StartedEvent),
            "stage" => json.Deserialize(wire.StageEvent),
            "progress" => json.Deserialize(wire.JobEvent) is { } common ? Progress(common, json) : null,
            "log" => json.Deserialize(wire.LogEvent),
            "partial" => json.Deserialize(wire.PartialEvent),
            "usage" => json.Deserialize(wire.JobEvent) is { } common ? Usage(common, json) : null,
            "inputRequired" => json.Deserialize(wire.InputRequiredEvent),
            "inputReceived" => json.Deserialize(wire.InputReceivedEvent),
            "retrying" => json.Deserialize(wire.RetryingEvent),
            "canceling" => json.Deserialize(wire.CancelingEvent),
            "tags" => json.Deserialize(wire.TagsEvent),
            "done" => json.Deserialize(wire.DoneEvent),
            _ => json.Deserialize(wire.JobEvent),
        };
        return read ?? throw new JsonException("null is no event.");
    }

    private static string? TypeOf(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
            ? type.GetString()
            : throw new JsonException("An event is an object with a 'type'.");

    /// <summary>On the wire its fields stand beside those that every event has.</summary>
    private static ProgressEvent Progress(JobEvent common, JsonElement json) => new()
    {
        JobId = common.JobId, Seq = common.Seq, At = common.At, Type = common.Type, Attempt = common.Attempt,
        ElapsedMs = common.ElapsedMs, Report = common.Report, Progress = json.Deserialize(EventJson.Default.ReportedProgress)!,
    };

    /// <summary>The same.</summary>
    private static UsageEvent Usage(JobEvent common, JsonElement json) => new()
    {
        JobId = common.JobId, Seq = common.Seq, At = common.At, Type = common.Type, Attempt = common.Attempt,
        ElapsedMs = common.ElapsedMs, Report = common.Report, Progress = common.Progress,
        Usage = json.Deserialize(EventJson.Default.JobUsage)!,
    };
}
