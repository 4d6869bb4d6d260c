namespace ProgressHub.Workloads.Analysis.Planning.Queries;

/// <summary>A step of time.</summary>
internal enum Bucket
{
    /// <summary>A day.</summary>
    Day,

    /// <summary>A week, from Monday.</summary>
    Week,

    /// <summary>A month of a year.</summary>
    Month,

    /// <summary>A quarter of a year.</summary>
    Quarter,

    /// <summary>A year.</summary>
    Year,

    /// <summary>The day of the week, of all weeks.</summary>
    Weekday,

    /// <summary>The month's name, of all years.</summary>
    MonthName,

    /// <summary>The hour of the day.</summary>
    Hour,
}
