using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Events;

/// <summary>The paths of a job's resources, relative to the server.</summary>
internal static class JobUrls
{
    /// <summary>The snapshot.</summary>
    public static string Self(JobId id) => $"/api/jobs/{id}";

    /// <summary>The result.</summary>
    public static string Result(JobId id) => $"/api/jobs/{id}/result";
}
