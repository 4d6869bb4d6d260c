namespace ProgressHub.Core.Jobs;

/// <summary>How much an owner may have and use; what is missing has no bound.</summary>
internal sealed class Quota(IReadOnlyDictionary<QuotaBound, decimal> bounds)
{
    /// <summary>No bound at all.</summary>
    public static Quota None { get; } = new(new Dictionary<QuotaBound, decimal>());

    /// <summary>Whether there is no bound at all.</summary>
    public bool IsNone => bounds.Count == 0;

    /// <summary>The most; null for no bound.</summary>
    public decimal? this[QuotaBound bound] => bounds.TryGetValue(bound, out var most) ? most : null;

    /// <summary>The same but for what is overridden; an override of null lifts a bound.</summary>
    public Quota With(IReadOnlyDictionary<QuotaBound, decimal?> overrides) => new(
        Enum.GetValues<QuotaBound>()
            .Select(bound => (Bound: bound, Most: overrides.TryGetValue(bound, out var own) ? own : this[bound]))
            .Where(each => each.Most is not null)
            .ToDictionary(each => each.Bound, each => each.Most!.Value));

    /// <summary>The first of some bounds that leaves no room for any more; null where all do.</summary>
    public QuotaReached? Reached(OwnerUsage usage, params ReadOnlySpan<QuotaBound> among)
    {
        foreach (var bound in among)
        {
            if (this[bound] is { } most && usage[bound] >= most)
                return new QuotaReached(bound, usage[bound], most);
        }

        return null;
    }
}

/// <summary>A bound that leaves no room.</summary>
/// <param name="Bound">Which.</param>
/// <param name="Used">How much there is.</param>
/// <param name="Most">How much there may be.</param>
internal sealed record QuotaReached(QuotaBound Bound, decimal Used, decimal Most);
