using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Queue;

/// <summary>Whether jobs begin.</summary>
/// <param name="Paused">Whether no job begins at all.</param>
/// <param name="Waiting">How many jobs of everybody wait.</param>
/// <param name="Pauses">What is paused: that of all jobs first, then by kind.</param>
internal sealed record QueueView(bool Paused, long Waiting, IReadOnlyList<PauseView> Pauses)
{
    public static QueueView Of(IReadOnlyList<QueuePause> pauses, long waiting) => new(
        pauses.Any(pause => pause.Kind is null), waiting, [.. pauses.Select(pause => new PauseView(pause.Kind, pause.By, pause.At))]);
}

/// <summary>Jobs that do not begin.</summary>
/// <param name="Kind">Those of a kind; missing for all.</param>
/// <param name="By">What the account is called that paused them; missing where nobody signs in.</param>
/// <param name="At">Since when.</param>
internal sealed record PauseView(string? Kind, string? By, [property: JsonConverter(typeof(UtcMillisecondsConverter))] DateTimeOffset At);

/// <summary>What is to be paused or resumed.</summary>
/// <param name="Kind">Jobs of a kind; all where it is missing.</param>
internal sealed record QueueChange(string? Kind = null);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(QueueView))]
[JsonSerializable(typeof(QueueChange))]
internal sealed partial class QueueJson : JsonSerializerContext;
