using System.Text.Json.Serialization;

namespace ProgressHub.Core.Jobs;

/// <summary>How a log line of a job is meant.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<JobLogLevel>))]
public enum JobLogLevel
{
    /// <summary>What is being done.</summary>
    [JsonStringEnumMemberName("info")] Info,

    /// <summary>What went well.</summary>
    [JsonStringEnumMemberName("success")] Success,

    /// <summary>What a person should know, though the work goes on.</summary>
    [JsonStringEnumMemberName("warning")] Warning,

    /// <summary>What went wrong.</summary>
    [JsonStringEnumMemberName("error")] Error,
}
