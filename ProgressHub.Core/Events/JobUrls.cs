using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Events;

/// <summary>The paths of a job's resources, relative to the server.</summary>
public static class JobUrls
{
    /// <summary>The snapshot.</summary>
    public static string Self(JobId id) => $"/api/jobs/{id}";

    /// <summary>The result.</summary>
    public static string Result(JobId id) => $"/api/jobs/{id}/result";

    /// <summary>All of them.</summary>
    public static JobLinks Links(JobId id) =>
        new(Self(id), $"/api/jobs/{id}/events", $"/api/jobs/{id}/partials", Result(id), $"/watch/{id}");
}
