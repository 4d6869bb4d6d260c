using System.ComponentModel.DataAnnotations;

namespace ProgressHub.Core.Schedules;

/// <summary>How many schedules there may be. Configuration section <c>Schedules</c>.</summary>
public sealed class ScheduleOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Schedules";

    /// <summary>How many schedules one owner may have; more are refused with <c>too_many_schedules</c>.</summary>
    [Range(1, 10_000)]
    public int MaxPerOwner { get; set; } = 100;
}
