using System.Text.Json;
using System.Text.Json.Serialization;
using ModelContextProtocol.Protocol;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>
/// A task as the extension <c>io.modelcontextprotocol/tasks</c> (2026-07-28, SEP-2663) has it: in lieu of a result, as the
/// answer to <c>tasks/get</c>, and in notifications.
/// </summary>
internal sealed class TaskView : Result
{
    /// <summary>Which task: the id of its job.</summary>
    public required string TaskId { get; init; }

    /// <summary><c>working</c>, <c>input_required</c>, <c>completed</c> or <c>cancelled</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Where it stands, for a person.</summary>
    public string? StatusMessage { get; init; }

    /// <summary>When it was created (ISO 8601).</summary>
    public required string CreatedAt { get; init; }

    /// <summary>When there was news of it (ISO 8601).</summary>
    public required string LastUpdatedAt { get; init; }

    /// <summary>How long it is kept from its creation on, in milliseconds; null where no end of it is known yet.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)]
    public required long? TtlMs { get; init; }

    /// <summary>When to ask again, in milliseconds.</summary>
    public long? PollIntervalMs { get; init; }

    /// <summary>What it asks, by the id of the question.</summary>
    public IReadOnlyDictionary<string, JsonElement>? InputRequests { get; init; }

    /// <summary>What the call would have answered.</summary>
    public JsonElement? Result { get; init; }
}

/// <summary>The JSON of what this server adds to MCP.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(TaskView))]
internal sealed partial class McpJson : JsonSerializerContext;
