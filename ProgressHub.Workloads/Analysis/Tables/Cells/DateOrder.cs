using System.Text.Json.Serialization;

namespace ProgressHub.Workloads.Analysis.Tables.Cells;

/// <summary>Which part of a date comes first, where it is written in digits alone and the year is not first.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DateOrder>))]
public enum DateOrder
{
    /// <summary>The day: 31/12/2024.</summary>
    [JsonStringEnumMemberName("dayFirst")] DayFirst,

    /// <summary>The month: 12/31/2024.</summary>
    [JsonStringEnumMemberName("monthFirst")] MonthFirst,

    /// <summary>A year of two digits: 24-12-31.</summary>
    [JsonStringEnumMemberName("yearFirst")] YearFirst,
}
