using System.Text.Json;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Schedules;

/// <summary>What somebody wants to have submitted, and when.</summary>
internal sealed record ScheduleDraft
{
    /// <summary>What to call it.</summary>
    public required string Name { get; init; }

    /// <summary>The workload.</summary>
    public required string Kind { get; init; }

    /// <summary>Its input, as a submission has it.</summary>
    public required JsonElement Input { get; init; }

    /// <summary>Words to find its jobs by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>When.</summary>
    public required ScheduleTimes Times { get; init; }

    /// <summary>What happens where its last job has not ended.</summary>
    public ScheduleOverlap Overlap { get; init; }

    /// <summary>Whether it goes on.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>What a schedule is now; it was read with its input.</summary>
    public static ScheduleDraft Of(Schedule schedule) => new()
    {
        Name = schedule.Name, Kind = schedule.Kind, Input = schedule.Input ?? default, Tags = schedule.Tags, Times = schedule.Times,
        Overlap = schedule.Overlap, IsEnabled = schedule.IsEnabled,
    };
}
