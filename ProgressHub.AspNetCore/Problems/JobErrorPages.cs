namespace ProgressHub.AspNetCore.Problems;

/// <summary>The pages a person sees who asks a host's own page for a job that is not there.</summary>
public static class JobErrorPages
{
    /// <summary>404: there is no such job, or it is somebody else's.</summary>
    public static Task WriteNotFoundAsync(HttpContext context) => ErrorPage.WriteAsync(context, ProblemMapping.NoJob);

    /// <summary>410: the job was deleted, or its time was over.</summary>
    public static Task WriteGoneAsync(HttpContext context) => ErrorPage.WriteAsync(context, ProblemMapping.Purged);
}
