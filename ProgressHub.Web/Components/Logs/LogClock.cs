namespace ProgressHub.Web.Components.Logs;

/// <summary>What stands before a line of a log.</summary>
public enum LogClock
{
    /// <summary>The time since the job began.</summary>
    Elapsed,

    /// <summary>The time of day, in UTC.</summary>
    Time,

    /// <summary>No time.</summary>
    None,
}
