using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.AspNetCore.Dialects;

namespace ProgressHub.Workloads.AspNetCore.Dialects.SessionLog;

/// <summary>
/// This dialect's JSON: snake_case but for the events, whose names are those of its JavaScript. Names of several words
/// stand with their properties, so that the API's description has them too.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(SessionEvent))]
[JsonSerializable(typeof(SessionEventList))]
[JsonSerializable(typeof(SessionCleared))]
[JsonSerializable(typeof(SessionAsk))]
[JsonSerializable(typeof(SessionAnswer))]
[JsonSerializable(typeof(SessionFailure))]
internal sealed partial class SessionLogJson : JsonSerializerContext
{
    /// <summary>Without escapes beyond what JSON needs: on one line, and readable in any script.</summary>
    public static SessionLogJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = ReadableEncoder.Instance,
    });
}

/// <summary>The job's input in the words of the engine.</summary>
internal sealed record SessionJobInput(
    string Mode, string? Question, string? Sql, string Session, string? Engine, string? Model, string? Language, string? ApiKey);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SessionJobInput))]
internal sealed partial class SessionJobJson : JsonSerializerContext;
