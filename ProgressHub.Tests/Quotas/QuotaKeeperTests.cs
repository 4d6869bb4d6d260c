using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Quotas;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Quotas;

/// <summary>Which bound leaves no room for what.</summary>
public sealed class QuotaKeeperTests
{
    private static readonly WorkloadPlan Plain = new(new StagePlan(new Stage("one", "One", 1)), null, "Job");

    private readonly StorageClock _clock = new();
    private readonly QuotaUsage _usage = new();

    [Fact]
    public async Task A_month_without_tokens_left_refuses_what_calls_models_and_nothing_else()
    {
        var keeper = Keeper(new QuotaOptions { TokensPerMonth = 100, AudioMinutesPerMonth = 10 });
        _usage.Now = new OwnerUsage { Tokens = 100, AudioSeconds = 600 };

        Assert.Null(await ReachedAsync(keeper, Plain));
        Assert.Equal(QuotaBound.TokensPerMonth, (await ReachedAsync(keeper, Plain with { CallsModels = true }))!.Bound);
        Assert.Equal(QuotaBound.AudioMinutesPerMonth, (await ReachedAsync(keeper, Plain with { HearsAudio = true }))!.Bound);
        _usage.Now = new OwnerUsage { Tokens = 99, AudioSeconds = 594 };
        Assert.Null(await ReachedAsync(keeper, Plain with { CallsModels = true, HearsAudio = true }));
    }

    [Theory]
    [InlineData(QuotaBound.JobsQueued, "quota_jobs_queued", 10)]
    [InlineData(QuotaBound.JobsPerDay, "quota_jobs_per_day", 14 * 3600)]
    [InlineData(QuotaBound.TokensPerMonth, "quota_tokens", ((10 * 24) + 14) * 3600)]
    [InlineData(QuotaBound.AudioMinutesPerMonth, "quota_audio_minutes", ((10 * 24) + 14) * 3600)]
    [InlineData(QuotaBound.MoneyPerMonth, "quota_money", ((10 * 24) + 14) * 3600)]
    [InlineData(QuotaBound.StorageBytes, "quota_storage", null)]
    internal void A_refusal_says_which_bound_how_much_and_when_it_renews(QuotaBound bound, string code, int? seconds)
    {
        var refusal = QuotaRefusal.Of(new QuotaReached(bound, 1234.5m, 1000), _clock.GetUtcNow());

        Assert.Equal((code, seconds), (refusal.Code, (int?)refusal.RetryAfter?.TotalSeconds));
        Assert.Contains("1,234.5", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("1,000", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(seconds > 60, refusal.Message.Contains("00:00 UTC", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_job_is_stopped_where_it_and_the_others_of_its_month_pass_a_bound()
    {
        var keeper = Keeper(new QuotaOptions { TokensPerMonth = 100, MoneyPerMonth = 1, AudioMinutesPerMonth = 1 });
        _usage.Others = new OwnerUsage { Tokens = 60, Cost = 0.9m, AudioSeconds = 30 };
        using var allowance = (await keeper.OfJobAsync(Job(), JobUsage.None, default))!;

        allowance.Require(new JobUsage(20, 20, 1) { Cost = 0.1m, AudioSeconds = 30 });
        Assert.Equal("quota_tokens", Refusal(allowance, new JobUsage(41, 0, 1)));
        Assert.Equal("quota_money", Refusal(allowance, new JobUsage(1, 0, 1) { Cost = 0.11m }));
        Assert.Equal("quota_audio_minutes", Refusal(allowance, JobUsage.None with { AudioSeconds = 31 }));

        // What others use meanwhile counts once it is looked at; an outage changes nothing.
        _usage.Others = new OwnerUsage { Tokens = 90 };
        await allowance.RefreshAsync(default);
        Assert.Equal("quota_tokens", Refusal(allowance, new JobUsage(11, 0, 1)));
        _usage.IsDown = true;
        await allowance.RefreshAsync(default);
        Assert.Equal("quota_tokens", Refusal(allowance, new JobUsage(11, 0, 1)));
    }

    [Fact]
    public async Task Jobs_side_by_side_take_from_the_same_and_what_one_took_counts_until_it_is_read()
    {
        var keeper = Keeper(new QuotaOptions { TokensPerMonth = 100 });
        var first = (await keeper.OfJobAsync(Job(), new JobUsage(10, 0, 1), default))!;
        using var second = (await keeper.OfJobAsync(Job(), JobUsage.None, default))!;

        first.Require(new JobUsage(60, 0, 2));
        Assert.Equal("quota_tokens", Refusal(second, new JobUsage(41, 0, 1)));
        second.Require(new JobUsage(40, 0, 1));
        Assert.Equal("quota_tokens", Refusal(first, new JobUsage(61, 0, 2)));

        // The call came to less than it took; its job is over, and what is stored of it has not been read yet.
        first.Tell(new JobUsage(30, 0, 2));
        first.Dispose();
        Assert.Equal("quota_tokens", Refusal(second, new JobUsage(41, 0, 1)));
        _usage.Others = new OwnerUsage { Tokens = 30 };
        await second.RefreshAsync(default);
        second.Require(new JobUsage(70, 0, 2));
        Assert.Equal("quota_tokens", Refusal(second, new JobUsage(71, 0, 2)));
        Assert.Null(await Keeper(new QuotaOptions { StorageBytes = 1 }).OfJobAsync(Job(), JobUsage.None, default));
    }

    [Fact]
    public async Task Files_have_room_up_to_the_bound()
    {
        var keeper = Keeper(new QuotaOptions { StorageBytes = 100 });
        _usage.Now = new OwnerUsage { StorageBytes = 60 };

        await keeper.RequireAsync("ann", 40, default);
        var refusal = await Assert.ThrowsAsync<UploadException>(() => keeper.RequireAsync("ann", 41, default).AsTask());

        Assert.Equal("quota_storage", refusal.Code);
        _usage.Now = new OwnerUsage { StorageBytes = 100 };
        await Assert.ThrowsAsync<UploadException>(() => keeper.RequireAsync("ann", 0, default).AsTask());
    }

    private static string Refusal(UsageAllowance allowance, JobUsage total) => Assert.Throws<WorkloadException>(() => allowance.Require(total)).Code;

    private static async Task<QuotaReached?> ReachedAsync(QuotaKeeper keeper, WorkloadPlan plan) =>
        (await keeper.OfNewJobAsync("ann", plan, default)).Reached;

    private Job Job() => new() { Id = JobId.New(), Kind = "a", Title = "A", Owner = "ann", CreatedAt = _clock.GetUtcNow() };

    private QuotaKeeper Keeper(QuotaOptions options, params IOwnedStorage[] kept) => new(
        new QuotaBook(new NoQuotaOverrides(), Options.Create(options), _clock, NullLogger<QuotaBook>.Instance), _usage, kept, _clock);
}
