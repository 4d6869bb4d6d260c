using System.Text.Json.Serialization;

namespace ProgressHub.Workloads.Analysis.Charts;

/// <summary>How a result is drawn.</summary>
/// <param name="Type">What kind of chart.</param>
/// <param name="Title">What it shows.</param>
/// <param name="X">What runs along.</param>
/// <param name="Y">What runs up.</param>
/// <param name="Series">What is drawn: one of bars, several that are stacked, one or several of lines, one of points.</param>
public sealed record ChartSpec(ChartType Type, string Title, string? X, string? Y, IReadOnlyList<ChartSeries> Series);

/// <summary>A kind of chart.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChartType>))]
public enum ChartType
{
    /// <summary>No chart: the table says it best.</summary>
    [JsonStringEnumMemberName("table")] Table,

    /// <summary>A bar for each label.</summary>
    [JsonStringEnumMemberName("bar")] Bar,

    /// <summary>Lines over ordered labels.</summary>
    [JsonStringEnumMemberName("line")] Line,

    /// <summary>Points by two numbers.</summary>
    [JsonStringEnumMemberName("scatter")] Scatter,

    /// <summary>Bars of parts that add up, one upon the other.</summary>
    [JsonStringEnumMemberName("stacked")] Stacked,
}

/// <summary>What belongs together in a chart.</summary>
/// <param name="Name">What it is; null where there is only one.</param>
/// <param name="Points">Its points, in order.</param>
public sealed record ChartSeries(string? Name, IReadOnlyList<ChartPoint> Points);

/// <summary>A point, or the end of a bar.</summary>
/// <param name="Label">What it is of, where it stands at a label.</param>
/// <param name="X">Where it stands, where that is a number.</param>
/// <param name="Y">How high it is.</param>
public sealed record ChartPoint(string? Label, double? X, double Y);
