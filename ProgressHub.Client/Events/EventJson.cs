using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.Client.Jobs;

namespace ProgressHub.Client.Events;

/// <summary>The JSON of events, and of what the hub is asked with.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EventPage))]
[JsonSerializable(typeof(JobEvent))]
[JsonSerializable(typeof(ReportedProgress))]
[JsonSerializable(typeof(QueuedEvent))]
[JsonSerializable(typeof(StartedEvent))]
[JsonSerializable(typeof(StageEvent))]
[JsonSerializable(typeof(LogEvent))]
[JsonSerializable(typeof(PartialEvent))]
[JsonSerializable(typeof(JobUsage))]
[JsonSerializable(typeof(InputRequiredEvent))]
[JsonSerializable(typeof(InputReceivedEvent))]
[JsonSerializable(typeof(RetryingEvent))]
[JsonSerializable(typeof(CancelingEvent))]
[JsonSerializable(typeof(TagsEvent))]
[JsonSerializable(typeof(DoneEvent))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(long?))]
internal sealed partial class EventJson : JsonSerializerContext;

/// <summary>A page of a job's events.</summary>
internal sealed record EventPage(IReadOnlyList<JsonElement> Events, long? Next);
