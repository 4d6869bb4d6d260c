using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.Core.Events;

namespace ProgressHub.Workloads.AspNetCore.Dialects.StreamingChat;

/// <summary>What every message of this dialect says first.</summary>
/// <param name="Type">Which it is.</param>
internal abstract record ChatMessage([property: JsonPropertyOrder(-1)] string Type);

/// <summary>Where the task stands outside its stages.</summary>
internal sealed record EnhancedStatus(
    string Status, int Progress, ChatTaskInfo TaskInfo, string TaskId, string? Message, Stamp Timestamp) : ChatMessage("enhanced_status");

/// <summary>What was asked, as the client named it.</summary>
internal sealed record ChatTaskInfo(
    string DeityId, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? FortuneNumber, bool StreamingEnabled);

/// <summary>A step.</summary>
internal sealed record EnhancedProgress(string Stage, int Progress, string Message, Stamp Timestamp) : ChatMessage("enhanced_progress");

/// <summary>The end, with the answer.</summary>
internal sealed record EnhancedComplete(ChatResult Result, ChatSummary Summary, string TaskId, Stamp Timestamp) : ChatMessage("enhanced_complete");

/// <summary>The end without an answer.</summary>
internal sealed record EnhancedError(
    string Error, string Code, string? Stage, int Progress, string TaskId, Stamp Timestamp) : ChatMessage("enhanced_error");

/// <summary>The stream is alive.</summary>
internal sealed record EnhancedPing(double ConnectionAliveSeconds, Stamp Timestamp) : ChatMessage("enhanced_ping");

/// <summary>How far an operation is, and for how long it has run.</summary>
internal sealed record StreamingProgress(
    string TaskId, string Stage, int Progress, string Message, StreamingData Data, Stamp Timestamp, double ElapsedSeconds)
    : ChatMessage("streaming_progress");

/// <summary>The times of an operation.</summary>
/// <param name="Elapsed">Seconds since it began.</param>
/// <param name="EstimatedDuration">Seconds it takes as a rule; missing where nothing says so.</param>
/// <param name="ProgressRate">How much of that time has passed, 0 to 100; 100 exactly when it is over.</param>
internal sealed record StreamingData(double Elapsed, double? EstimatedDuration, double ProgressRate);

/// <summary>A plain event: where the task stands.</summary>
internal sealed record BasicStatus(string Type, string Status, int Progress) : ChatMessage(Type);

/// <summary>A plain event: the answer.</summary>
internal sealed record BasicComplete(ChatResult Result) : ChatMessage("complete");

/// <summary>A plain event: there is no answer.</summary>
internal sealed record BasicError(string Error, string Code) : ChatMessage("error");

/// <summary>The plain stream is alive.</summary>
internal sealed record BasicPing(double ConnectionAliveSeconds) : ChatMessage("ping");

/// <summary>The answer.</summary>
/// <param name="Response">Its text.</param>
/// <param name="Confidence">How well what was found fits the question, 0 to 100.</param>
/// <param name="ProcessingTimeMs">How long it took.</param>
/// <param name="Engine">What wrote it.</param>
/// <param name="Citations">What it rests on, as in the job's own result.</param>
internal sealed record ChatResult(string Response, int Confidence, long ProcessingTimeMs, string? Engine, JsonElement? Citations);

/// <summary>How it went.</summary>
/// <param name="TotalProcessingTime">Milliseconds.</param>
/// <param name="StagesCompleted">The stages, in order.</param>
internal sealed record ChatSummary(long TotalProcessingTime, IReadOnlyList<string> StagesCompleted);

/// <summary>When something happened (UTC, to the millisecond).</summary>
[JsonConverter(typeof(StampConverter))]
internal readonly record struct Stamp(DateTimeOffset At)
{
    public static implicit operator Stamp(DateTimeOffset at) => new(at);
}

/// <summary>The form that all events here have.</summary>
internal sealed class StampConverter : JsonConverter<Stamp>
{
    private static readonly UtcMillisecondsConverter Form = new();

    public override Stamp Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(Form.Read(ref reader, typeof(DateTimeOffset), options));

    public override void Write(Utf8JsonWriter writer, Stamp value, JsonSerializerOptions options) => Form.Write(writer, value.At, options);
}
