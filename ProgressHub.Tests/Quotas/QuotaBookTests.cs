using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Quotas;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Quotas;

/// <summary>Who is allowed how much.</summary>
public sealed class QuotaBookTests
{
    private readonly SetQuotas _set = new();

    [Fact]
    public async Task What_is_set_for_somebody_stands_in_place_of_what_is_configured_and_null_lifts_it()
    {
        var book = Book(new QuotaOptions { JobsRunning = 2, TokensPerMonth = 100, MoneyPerMonth = 1.5m });
        await book.ReplaceAsync("ann", Bounds((QuotaBound.TokensPerMonth, null), (QuotaBound.JobsRunning, 5)), default);

        var (ann, bob) = (await book.OfAsync("ann", default), await book.OfAsync("bob", default));

        Assert.Equal((5, null, 1.5m), (ann[QuotaBound.JobsRunning], ann[QuotaBound.TokensPerMonth], ann[QuotaBound.MoneyPerMonth]));
        Assert.Equal((2, 100, null), (bob[QuotaBound.JobsRunning], bob[QuotaBound.TokensPerMonth], bob[QuotaBound.StorageBytes]));
        var running = (await book.RunningAsync(default))!;
        Assert.Equal((5, 2), (running.Of("ann"), running.Of("bob")));
    }

    [Fact]
    public async Task Where_nobody_is_bounded_claims_ask_for_nothing()
    {
        var book = Book(new QuotaOptions { TokensPerMonth = 100 });
        await book.ReplaceAsync("ann", Bounds((QuotaBound.JobsRunning, null)), default);

        Assert.Null(await book.RunningAsync(default));
        Assert.True(Book(new QuotaOptions()).Default.IsNone);
    }

    [Fact]
    public async Task It_is_read_once_and_at_once_after_a_change_and_what_was_known_counts_while_it_cant_be()
    {
        var book = Book(new QuotaOptions());
        await book.OfAsync("ann", default);
        await book.OfAsync("bob", default);
        Assert.Equal(1, _set.Reads);

        await book.ReplaceAsync("ann", Bounds((QuotaBound.JobsQueued, 7)), default);
        Assert.Equal(7, (await book.OfAsync("ann", default))[QuotaBound.JobsQueued]);
        _set.IsDown = true;
        await book.ReplaceAsync("bob", Bounds(), default);

        Assert.Equal(7, (await book.OfAsync("ann", default))[QuotaBound.JobsQueued]);
    }

    private static Dictionary<QuotaBound, decimal?> Bounds(params (QuotaBound Bound, decimal? Most)[] bounds) =>
        bounds.ToDictionary(each => each.Bound, each => each.Most);

    private QuotaBook Book(QuotaOptions options) => new(_set, Options.Create(options), new ManualTime(), NullLogger<QuotaBook>.Instance);
}
