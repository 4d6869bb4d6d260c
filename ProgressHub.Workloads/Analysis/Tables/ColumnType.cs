using System.Text.Json.Serialization;

namespace ProgressHub.Workloads.Analysis.Tables;

/// <summary>What the cells of a column are.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ColumnType>))]
public enum ColumnType
{
    /// <summary>Anything.</summary>
    [JsonStringEnumMemberName("text")] Text,

    /// <summary>Whole numbers of up to 64 bits.</summary>
    [JsonStringEnumMemberName("integer")] Whole,

    /// <summary>Numbers.</summary>
    [JsonStringEnumMemberName("real")] Real,

    /// <summary>Yes or no, kept as 1 or 0.</summary>
    [JsonStringEnumMemberName("boolean")] Boolean,

    /// <summary>Days, kept as <c>YYYY-MM-DD</c>.</summary>
    [JsonStringEnumMemberName("date")] Date,

    /// <summary>Moments, kept as <c>YYYY-MM-DD HH:MM:SS</c>.</summary>
    [JsonStringEnumMemberName("datetime")] DateTime,
}
