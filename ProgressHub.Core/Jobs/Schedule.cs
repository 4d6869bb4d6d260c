using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressHub.Core.Jobs;

/// <summary>A job that is to be submitted at certain times, as it is kept.</summary>
internal sealed record Schedule
{
    /// <summary>Its identity: 32 lower-case hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is, and whose its jobs are.</summary>
    public required string Owner { get; init; }

    /// <summary>What a person calls it; its jobs have it for their title.</summary>
    public required string Name { get; init; }

    /// <summary>The workload of its jobs.</summary>
    public required string Kind { get; init; }

    /// <summary>The input of its jobs; null where it was not read, as in lists.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>The tags of its jobs, beside the one that names the schedule.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>When.</summary>
    public required ScheduleTimes Times { get; init; }

    /// <summary>What happens where its last job has not ended when the next is due.</summary>
    public ScheduleOverlap Overlap { get; init; }

    /// <summary>Whether it goes on; false where it was paused, or nothing is left of it.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is due next; null where it is not.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>What came of it when it was last due; null before that.</summary>
    public ScheduleRun? LastRun { get; init; }

    /// <summary>The last job it made; null where it has made none.</summary>
    public JobId? LastJob { get; init; }

    /// <summary>Grows with each change, so that two of them never undo one another unseen.</summary>
    public long Version { get; init; }
}

/// <summary>When a schedule is due: again and again, or once.</summary>
/// <param name="Cron">Five fields of cron: minute, hour, day of month, month, day of week; null for one time.</param>
/// <param name="TimeZone">The IANA name of the zone in which the fields are meant.</param>
/// <param name="At">The one time; null for fields of cron.</param>
internal sealed record ScheduleTimes(string? Cron, string TimeZone, DateTimeOffset? At);

/// <summary>What happens where the last job of a schedule has not ended when the next is due.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ScheduleOverlap>))]
internal enum ScheduleOverlap
{
    /// <summary>This time is left out.</summary>
    [JsonStringEnumMemberName("skip")] Skip,

    /// <summary>Both run.</summary>
    [JsonStringEnumMemberName("allow")] Allow,
}

/// <summary>What came of a schedule when it was due.</summary>
/// <param name="DueAt">When it was due; of one that a person ran, when they did.</param>
/// <param name="At">When it was seen to.</param>
/// <param name="Outcome">What came of it.</param>
internal sealed record ScheduleRun(DateTimeOffset DueAt, DateTimeOffset At, ScheduleOutcome Outcome)
{
    /// <summary>The job, where one was made.</summary>
    public JobId? Job { get; init; }

    /// <summary>The stable code of a refusal.</summary>
    public string? Code { get; init; }

    /// <summary>The refusal, for a person.</summary>
    public string? Message { get; init; }
}

/// <summary>What came of a schedule when it was due.</summary>
internal enum ScheduleOutcome
{
    /// <summary>A job was made.</summary>
    Started,

    /// <summary>The last job had not ended.</summary>
    Skipped,

    /// <summary>No server ran within an hour of it.</summary>
    Missed,

    /// <summary>The job was refused.</summary>
    Refused,
}
