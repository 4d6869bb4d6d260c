namespace ProgressHub.Core.Workloads;

/// <summary>
/// What went wrong, in words a user may see: the one exception whose message leaves the server. Before a job is accepted
/// it becomes problem+json, after that the job's error.
/// </summary>
/// <param name="code">A stable identifier in snake_case, such as <c>engine_unavailable</c>.</param>
/// <param name="message">What happened and what to do about it.</param>
/// <param name="innerException">The cause; it is logged, never shown.</param>
public sealed class WorkloadException(string code, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>The stable identifier.</summary>
    public string Code { get; } = code;

    /// <summary>Whether the same attempt may succeed later; the job is then retried with backoff.</summary>
    public bool IsTransient { get; init; }

    /// <summary>How long the other side asked us to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The input property at fault, such as <c>targetLanguage</c>; null where it is not the input.</summary>
    public string? Property { get; init; }
}
