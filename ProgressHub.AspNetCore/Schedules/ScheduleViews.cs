using System.Text.Json;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Schedules;

/// <summary>A schedule.</summary>
internal sealed record ScheduleView
{
    /// <summary>Its id, 32 lower-case hexadecimal digits.</summary>
    public required string Id { get; init; }

    /// <summary>What it is called.</summary>
    public required string Name { get; init; }

    /// <summary>The workload.</summary>
    public required string Kind { get; init; }

    /// <summary>The workload's input; missing in lists.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>The tags of its jobs, beside the one that names it.</summary>
    public required IReadOnlyList<string> Tags { get; init; }

    /// <summary>Five fields of cron; missing where it is for one time.</summary>
    public string? Cron { get; init; }

    /// <summary>The IANA name of its time zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The one time; missing where it comes again.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>What happens while its last job has not ended.</summary>
    public required ScheduleOverlap Overlap { get; init; }

    /// <summary>Whether it goes on; false where it was paused, or its one time is over.</summary>
    public required bool Enabled { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is due next; missing where it is not.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>What came of it when it was last due, or run by hand; missing before that.</summary>
    public ScheduleRunView? LastRun { get; init; }

    /// <summary>The last job that it made.</summary>
    public JobId? LastJobId { get; init; }

    /// <summary>A schedule as it is shown.</summary>
    public static ScheduleView Of(Schedule schedule) => new()
    {
        Id = schedule.Id, Name = schedule.Name, Kind = schedule.Kind, Input = schedule.Input, Tags = schedule.Tags, Cron = schedule.Times.Cron,
        TimeZone = schedule.Times.TimeZone, At = schedule.Times.At, Enabled = schedule.IsEnabled, CreatedAt = schedule.CreatedAt,
        Overlap = schedule.Overlap, NextAt = schedule.NextAt,
        LastRun = schedule.LastRun is { } run ? ScheduleRunView.Of(run) : null, LastJobId = schedule.LastJob,
    };
}

/// <summary>What came of a schedule when it was due.</summary>
/// <param name="DueAt">When it was due.</param>
/// <param name="At">When it was seen to.</param>
/// <param name="Outcome"><c>started</c>; <c>skipped</c>, as the last job had not ended; <c>missed</c>, as no server ran within an hour; <c>refused</c>.</param>
/// <param name="JobId">The job, where one was made.</param>
/// <param name="Code">The stable code of a refusal.</param>
/// <param name="Message">The refusal, for a person.</param>
internal sealed record ScheduleRunView(DateTimeOffset DueAt, DateTimeOffset At, string Outcome, JobId? JobId, string? Code, string? Message)
{
    /// <summary>A run as it is shown.</summary>
    public static ScheduleRunView Of(ScheduleRun run) =>
        new(run.DueAt, run.At, run.Outcome.ToString().ToLowerInvariant(), run.Job, run.Code, run.Message);
}

/// <summary>All schedules of an owner.</summary>
/// <param name="Schedules">In the order in which they were made.</param>
internal sealed record ScheduleList(IReadOnlyList<ScheduleView> Schedules);

/// <summary>When a schedule would be due.</summary>
/// <param name="Next">The next five times.</param>
internal sealed record SchedulePreview(IReadOnlyList<DateTimeOffset> Next);
