namespace ProgressHub.Core.Execution;

/// <summary>How long to wait before an attempt: exponential backoff with full jitter above half of it.</summary>
internal static class RetryDelay
{
    /// <param name="attempts">How many attempts have failed in a row, from 1.</param>
    /// <param name="asked">The least the other side asked for.</param>
    /// <param name="options">The bounds.</param>
    public static TimeSpan After(int attempts, TimeSpan? asked, ExecutionOptions options)
    {
        var exponential = options.RetryDelay * Math.Pow(2, Math.Min(attempts - 1, 30));
        var bounded = exponential < options.MaxRetryDelay ? exponential : options.MaxRetryDelay;
        var jittered = bounded * (0.5 + (Random.Shared.NextDouble() / 2));
        return asked > jittered ? asked.Value : jittered;
    }
}
