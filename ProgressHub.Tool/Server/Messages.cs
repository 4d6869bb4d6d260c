using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressHub.Tool.Server;

/// <summary>A job to be submitted.</summary>
internal sealed record JobToSubmit(string Kind, string? Title, JsonElement Input, IReadOnlyList<string>? Tags = null);

/// <summary>How an external job is followed.</summary>
internal sealed record ReportedInput(int HeartbeatSeconds);

/// <summary>What the server answers to a submission, and when it is asked how far a job is.</summary>
internal sealed record JobOnServer(
    string JobId, string? Title, string State, long Seq, double? Fraction, string? Message, string? Stage, string? WriteToken, Failure? Error);

/// <summary>Why a job failed.</summary>
internal sealed record Failure(string? Code, string? Message);

/// <summary>What a running command reports.</summary>
internal sealed record Update(
    long Number, IReadOnlyList<Line>? Log = null, double? Fraction = null, double? Current = null, double? Total = null, string? Message = null,
    bool? Heartbeat = null);

/// <summary>A line of the log.</summary>
internal sealed record Line(string Message, string Level = "info");

/// <summary>The server's answer to a report.</summary>
internal sealed record Answer(long Seq, long? Number, bool CancelRequested, string State);

/// <summary>An RFC 9457 problem.</summary>
internal sealed record ProblemBody(string? Title, string? Detail, string? Code);

/// <summary>An event of a job, as far as a terminal shows it.</summary>
internal sealed record WatchedEvent(
    string? Type, string? Stage, string? Label, double? Fraction, string? Message, string? Level, string? State, string? Title, string? Question,
    string? Text, bool? Ok, int? Index, int? Total, string? Reason, string? ResultUrl, Failure? Error);

/// <summary>Where one is signed in.</summary>
internal sealed record Login(string Server, string? Token);

/// <summary>The JSON of the tool.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JobToSubmit)), JsonSerializable(typeof(ReportedInput)), JsonSerializable(typeof(JobOnServer))]
[JsonSerializable(typeof(Update)), JsonSerializable(typeof(Answer)), JsonSerializable(typeof(Failure)), JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(WatchedEvent)), JsonSerializable(typeof(Login)), JsonSerializable(typeof(JsonElement)), JsonSerializable(typeof(System.Text.Json.Nodes.JsonObject))]
internal sealed partial class ToolJson : JsonSerializerContext;
