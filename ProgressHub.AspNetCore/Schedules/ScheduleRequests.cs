using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Schedules;

namespace ProgressHub.AspNetCore.Schedules;

/// <summary>A job to submit at certain times: <c>cron</c>, or <c>at</c> for one time.</summary>
internal sealed record ScheduleSubmission
{
    /// <summary>What to call it, up to 40 characters; its jobs have it for their title, and <c>schedule:NAME</c> for a tag.</summary>
    public required string Name { get; init; }

    /// <summary>The workload, such as <c>translation</c>; <c>GET /api/workloads</c> lists them.</summary>
    public required string Kind { get; init; }

    /// <summary>The workload's input, an object in the shape of its <c>inputSchema</c>, without files and secrets; up to 256 KiB.</summary>
    public required JsonElement Input { get; init; }

    /// <summary>Words to find its jobs by: up to 19, of up to 50 characters.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Five fields: minute, hour, day of month, month, day of week, such as <c>0 6 * * 1-5</c>.</summary>
    public string? Cron { get; init; }

    /// <summary>The IANA name of the zone in which <c>cron</c>, and an <c>at</c> without an offset, are meant; UTC where it is missing.</summary>
    public string? TimeZone { get; init; }

    /// <summary>One time in ISO 8601, with an offset or as the clocks of <c>timeZone</c> show it.</summary>
    public string? At { get; init; }

    /// <summary>Whether a time is left out while the last job has not ended, as it is where this is missing.</summary>
    public ScheduleOverlap? Overlap { get; init; }

    /// <summary>Whether it goes on; true where it is missing.</summary>
    public bool? Enabled { get; init; }

    /// <summary>The same in the words of the engine.</summary>
    public ScheduleDraft ToDraft() => new()
    {
        Name = Name, Kind = Kind, Input = Input, Tags = Tags ?? [], IsEnabled = Enabled ?? true, Overlap = Overlap ?? ScheduleOverlap.Skip,
        Times = ScheduleTimesRequest.Read(Cron, At, TimeZone ?? Timetable.DefaultZone),
    };
}

/// <summary>What to change of a schedule; what is missing stays as it is.</summary>
internal sealed record ScheduleChange
{
    /// <summary>What to call it.</summary>
    public string? Name { get; init; }

    /// <summary>The workload's input, in place of the present one.</summary>
    public JsonElement? Input { get; init; }

    /// <summary>The tags of its jobs, in place of the present ones.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>Five fields of cron, in place of the present times.</summary>
    public string? Cron { get; init; }

    /// <summary>The zone of its times.</summary>
    public string? TimeZone { get; init; }

    /// <summary>One time, in place of the present ones.</summary>
    public string? At { get; init; }

    /// <summary>Whether a time is left out while the last job has not ended.</summary>
    public ScheduleOverlap? Overlap { get; init; }

    /// <summary>Whether it goes on. Times that pass meanwhile are not made up for.</summary>
    public bool? Enabled { get; init; }

    /// <summary>What it would be.</summary>
    public ScheduleDraft Apply(ScheduleDraft draft)
    {
        var zone = TimeZone ?? draft.Times.TimeZone;
        return draft with
        {
            Name = Name ?? draft.Name, Input = Input ?? draft.Input, Tags = Tags ?? draft.Tags, IsEnabled = Enabled ?? draft.IsEnabled,
            Overlap = Overlap ?? draft.Overlap,
            Times = Cron is null && At is null ? draft.Times with { TimeZone = zone } : ScheduleTimesRequest.Read(Cron, At, zone),
        };
    }
}

/// <summary>Reads when a schedule is due.</summary>
internal static class ScheduleTimesRequest
{
    /// <summary>The times that a request names.</summary>
    /// <exception cref="Core.Workloads.WorkloadException"><c>bad_at</c>, <c>unknown_time_zone</c>.</exception>
    public static ScheduleTimes Read(string? cron, string? at, string timeZone) =>
        new(cron, timeZone, at is null ? null : Timetable.ReadAt(at, timeZone));
}
