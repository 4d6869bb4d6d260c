using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Quotas;

/// <summary>
/// Who is allowed how much: the configured bounds, and those set for single owners. A claim and a submission ask it, so it reads
/// what is set once a second at most; what is set here counts at once.
/// </summary>
internal sealed partial class QuotaBook(
    IQuotaOverrides overrides, IOptions<QuotaOptions> options, TimeProvider time, ILogger<QuotaBook> logger)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private volatile Page _page = new([], null, null);

    /// <summary>What everybody is allowed for whom nothing else is set.</summary>
    public Quota Default { get; } = options.Value.ToQuota();

    /// <summary>What is set for an owner.</summary>
    public async ValueTask<IReadOnlyDictionary<QuotaBound, decimal?>> OverridesOfAsync(string owner, CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).Overrides.GetValueOrDefault(owner) ?? [];

    /// <summary>What an owner is allowed.</summary>
    public async ValueTask<Quota> OfAsync(string owner, CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken)).Overrides.TryGetValue(owner, out var own) ? Default.With(own) : Default;

    /// <summary>How many jobs owners may have under way; null where nobody is bounded.</summary>
    public async ValueTask<RunningBounds?> RunningAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken)).Running;

    /// <summary>Sets the bounds of an owner in place of those that were set before.</summary>
    public async Task ReplaceAsync(string owner, IReadOnlyDictionary<QuotaBound, decimal?> bounds, CancellationToken cancellationToken)
    {
        await overrides.ReplaceAsync(owner, bounds, cancellationToken);
        _page = _page with { ReadAt = null };
    }

    private async ValueTask<Page> ReadAsync(CancellationToken cancellationToken)
    {
        var page = _page;
        if (page.ReadAt is { } at && time.GetElapsedTime(at) < Fresh)
            return page;
        var now = time.GetTimestamp();
        try
        {
            var set = await overrides.ListAsync(cancellationToken);
            return _page = new Page(
                set.GroupBy(each => each.Owner).ToDictionary(
                    own => own.Key, own => own.ToDictionary(each => each.Bound, each => each.Most)),
                now, RunningOf(set));
        }
        catch (StorageUnavailableException failure)
        {
            // What was known last goes on to count: neither is work held up, nor does anybody get more.
            LogNotRead(failure);
            return _page = page with { ReadAt = now };
        }
    }

    private RunningBounds? RunningOf(IReadOnlyList<QuotaOverride> set)
    {
        var own = set.Where(each => each.Bound == QuotaBound.JobsRunning).ToDictionary(each => each.Owner, each => (int?)each.Most);
        var most = (int?)Default[QuotaBound.JobsRunning];
        return most is null && own.Values.All(value => value is null) ? null : new RunningBounds(most, own);
    }

    [LoggerMessage(LogLevel.Warning, "The bounds of single accounts can't be read now; those known last go on to count.")]
    private partial void LogNotRead(Exception failure);

    private sealed record Page(
        Dictionary<string, Dictionary<QuotaBound, decimal?>> Overrides, long? ReadAt, RunningBounds? Running);
}
