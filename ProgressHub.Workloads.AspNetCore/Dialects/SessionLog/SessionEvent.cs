using System.Text.Json.Serialization;
using ProgressHub.Core.Events;

namespace ProgressHub.Workloads.AspNetCore.Dialects.SessionLog;

/// <summary>A line of a session's log, as this dialect has it.</summary>
/// <param name="Id">Unique and the same whenever it is told: the job, a dash, and the event's <c>seq</c>.</param>
/// <param name="Level"><c>info</c>, <c>success</c>, <c>warning</c> or <c>error</c>.</param>
/// <param name="Message">What happened; text, never markup.</param>
/// <param name="Step">Which step it belongs to, from 1; missing where it belongs to none.</param>
/// <param name="TotalSteps">Of how many.</param>
/// <param name="Timestamp">When it happened (UTC, to the millisecond).</param>
internal sealed record SessionEvent(
    string Id,
    string Level,
    string Message,
    [property: JsonPropertyName("step")] int? Step,
    [property: JsonPropertyName("totalSteps")] int? TotalSteps,
    [property: JsonConverter(typeof(UtcMillisecondsConverter))] DateTimeOffset Timestamp);

/// <summary>The lines of a session's log.</summary>
/// <param name="SessionId">The session, as its client calls it.</param>
/// <param name="Events">In the order in which they happened.</param>
/// <param name="Next">What to ask for as <c>after</c> for those that follow; null at the end.</param>
internal sealed record SessionEventList(
    [property: JsonPropertyName("session_id")] string SessionId, IReadOnlyList<SessionEvent> Events,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next);

/// <summary>The log of a session is cleared.</summary>
/// <param name="Success">True.</param>
/// <param name="SessionId">The session, as its client calls it.</param>
internal sealed record SessionCleared(bool Success, [property: JsonPropertyName("session_id")] string SessionId);
