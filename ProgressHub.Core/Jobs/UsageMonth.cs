namespace ProgressHub.Core.Jobs;

/// <summary>The months by which usage is counted: those of UTC, numbered.</summary>
internal static class UsageMonth
{
    /// <summary>The number of the month of a moment.</summary>
    public static long Of(DateTimeOffset moment) => (moment.UtcDateTime.Year * 12L) + moment.UtcDateTime.Month - 1;

    /// <summary>When the month after that of a moment begins.</summary>
    public static DateTimeOffset Next(DateTimeOffset moment) =>
        new DateTimeOffset(moment.UtcDateTime.Year, moment.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1);

    /// <summary>When the day of a moment begins.</summary>
    public static DateTimeOffset Today(DateTimeOffset moment) => new(moment.UtcDateTime.Date, TimeSpan.Zero);
}
