namespace ProgressHub.Workloads.Inference.Usage;

/// <summary>How much of models a job may use, in all its attempts; null where there is no bound.</summary>
/// <param name="Tokens">Tokens read and written.</param>
/// <param name="Cost">Their cost, in the configured currency.</param>
internal sealed record UsageBudget(long? Tokens, decimal? Cost)
{
    public static UsageBudget None { get; } = new(null, null);

    /// <summary>What both allow.</summary>
    public UsageBudget Within(UsageBudget other) => new(Least(Tokens, other.Tokens), Least(Cost, other.Cost));

    private static T? Least<T>(T? one, T? other)
        where T : struct, IComparable<T> =>
        one is { } a && other is { } b ? (a.CompareTo(b) <= 0 ? a : b) : one ?? other;
}
