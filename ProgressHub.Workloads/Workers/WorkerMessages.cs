using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressHub.Workloads.Workers;

/// <summary>What a worker is asked to do.</summary>
/// <param name="Operation">Which of its operations.</param>
/// <param name="Input">With what.</param>
internal sealed record WorkerRequest(string Operation, JsonElement Input);

/// <summary>What a worker says: that it is ready, how far it is, what came of it, or why nothing did.</summary>
/// <param name="Type">Which of them.</param>
/// <param name="Body">The progress or the result.</param>
/// <param name="Error">The failure.</param>
internal sealed record WorkerReply(WorkerReplyType Type, JsonElement? Body = null, WorkerFailure? Error = null);

/// <summary>A failure that a person may be told of, as a <c>WorkloadException</c> has it.</summary>
/// <param name="Code">Its stable code.</param>
/// <param name="Message">What to change.</param>
/// <param name="Property">The part of the input that it is about.</param>
/// <param name="Transient">Whether it may be gone a moment later.</param>
internal sealed record WorkerFailure(string Code, string Message, string? Property, bool Transient);

[JsonConverter(typeof(JsonStringEnumConverter<WorkerReplyType>))]
internal enum WorkerReplyType
{
    /// <summary>It may be asked: the first thing each worker says.</summary>
    Ready,

    /// <summary>It has taken a request and begins with it.</summary>
    Begun,

    /// <summary>It goes on.</summary>
    Progress,

    /// <summary>It is done.</summary>
    Result,

    /// <summary>It has failed, and may be asked again.</summary>
    Failure,
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WorkerRequest))]
[JsonSerializable(typeof(WorkerReply))]
internal sealed partial class WorkerJson : JsonSerializerContext;
