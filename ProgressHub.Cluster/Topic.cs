using ProgressHub.Core.Jobs;

namespace ProgressHub.Cluster;

/// <summary>What can be watched, as nodes call it among themselves.</summary>
internal static class Topic
{
    /// <summary>One job.</summary>
    public static string Of(JobId job) => $"j:{job}";

    /// <summary>All jobs of an owner.</summary>
    public static string Of(string owner) => $"o:{owner}";
}
