using System.Text;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;

namespace ProgressHub.Tests.Storage;

/// <summary>What every store counts of its owners.</summary>
public abstract class UsageStoreContract : StorageContract
{
    [Fact]
    public async Task Of_what_a_job_tells_it_has_used_its_latest_total_counts()
    {
        var job = await StartedAsync();
        await CommitAsync(job.Append(new UsageEvent(100, 20, 1) { Cost = 0.0000015m, Currency = "USD" }));
        await CommitAsync(job.Append(
            new LogEvent(JobLogLevel.Info, "More", null, null, null),
            new UsageEvent(1000, 200, 3) { Cost = 0.25m, Currency = "USD", AudioSeconds = 90.5 }));
        await StartedAsync(owner: "bob");

        var used = await UsedAsync();

        Assert.Equal((1200, 0.25m, 90.5, 1, 1), (used.Tokens, used.Cost, used.AudioSeconds, used.Month, used.Running));
        Assert.Equal((0, 1), ((await UsedAsync("bob")).Tokens, (await UsedAsync("bob")).Today));
        Assert.Equal(0, (await UsedAsync("nobody")).Month);
    }

    [Fact]
    public async Task What_a_deleted_job_used_still_counts_and_its_bytes_do_not()
    {
        var job = await StartedAsync();
        await CommitAsync(job.Append(new UsageEvent(7, 3, 1)));
        Assert.True(await Store.SaveResultAsync(Fence(job.Id, 1), new ResultDocument("text/plain", "a.txt", Encoding.UTF8.GetBytes("12345")), None));
        Assert.Equal(5, (await UsedAsync()).StorageBytes);
        Assert.True(await Store.SaveResultAsync(Fence(job.Id, 1), new ResultDocument("text/plain", "a.txt", Encoding.UTF8.GetBytes("1234567")), None));
        Assert.Equal(7, (await UsedAsync()).StorageBytes);
        await CommitAsync(Finish(job));

        Assert.True(await Store.PurgeAsync(job.Id, Now, None));

        var used = await UsedAsync();
        Assert.Equal((10, 1, 0, 0), (used.Tokens, used.Today, used.StorageBytes, used.Running));
    }

    [Fact]
    public async Task Files_count_as_long_as_they_were_said_to_be()
    {
        foreach (var (owner, length) in ((string, long?)[])[("ann", 1000), ("ann", null), ("bob", 5)])
        {
            await Files.CreateAsync(
                new StoredFile { Id = JobId.New().ToString(), Owner = owner, Name = "a", Length = length, CreatedAt = Now, TouchedAt = Now },
                10, 1_000_000, None);
        }

        Assert.Equal(1000, await Usage.CountStorageAsync("ann", None));
        Assert.Equal(5, (await UsedAsync("bob")).StorageBytes);
    }

    [Fact]
    public async Task A_day_and_a_month_begin_anew()
    {
        var job = await StartedAsync();
        await CommitAsync(job.Append(new UsageEvent(7, 3, 1)));
        Clock.Advance(TimeSpan.FromDays(1));
        await CreateAsync();

        Assert.Equal((1, 2, 10), await CountAsync());
        Clock.Advance(UsageMonth.Next(Now) - Now - TimeSpan.FromTicks(1));
        Assert.Equal((0, 2, 10), await CountAsync());
        Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal((0, 0, 0), await CountAsync());

        // What a job goes on to use counts where it began.
        await CommitAsync(job.Append(new UsageEvent(70, 30, 2)));
        Assert.Equal((0, 0, 0), await CountAsync());

        async Task<(long Today, long Month, long Tokens)> CountAsync()
        {
            var used = await UsedAsync();
            return (used.Today, used.Month, used.Tokens);
        }
    }

    [Fact]
    public async Task Months_before_the_last_are_forgotten()
    {
        var before = Now;
        var job = await StartedAsync();
        await CommitAsync(job.Append(new UsageEvent(7, 3, 1)));

        Clock.Advance(UsageMonth.Next(Now) - Now);
        await Store.PurgeTombstonesAsync(Now, None);
        Assert.Equal(10, (await UsedAsync("ann", before)).Tokens);

        Clock.Advance(UsageMonth.Next(Now) - Now);
        await Store.PurgeTombstonesAsync(Now, None);
        Assert.Equal((0, 0), ((await UsedAsync("ann", before)).Tokens, (await UsedAsync("ann", before)).Month));
    }

    [Fact]
    public async Task What_jobs_used_is_told_without_those_that_are_not_asked_for()
    {
        var (mine, other) = (await StartedAsync(), await StartedAsync());
        await CommitAsync(mine.Append(new UsageEvent(7, 3, 1)));
        await CommitAsync(other.Append(new UsageEvent(100, 0, 1)));

        Assert.Equal((100, 1), await BesideAsync(mine.Id));
        Assert.Equal((10, 1), await BesideAsync(other.Id, JobId.New()));
        Assert.Equal((0, 0), await BesideAsync(mine.Id, other.Id));
        Assert.Equal((110, 2), await BesideAsync());

        async Task<(long Tokens, long Month)> BesideAsync(params JobId[] but)
        {
            var used = await Usage.CountBesideAsync("ann", Now, but, None);
            return (used.Tokens, used.Month);
        }
    }

    [Fact]
    public async Task No_job_is_created_beyond_how_many_may_wait_or_come_a_day()
    {
        var key = new IdempotencyKey("k", "hash");
        var first = NewJob();
        Assert.True((await Log.CreateAsync(first.New(key: key) with { Quota = Most(QuotaBound.JobsQueued, 1) }, None)).Created);

        var second = await Log.CreateAsync(NewJob().New() with { Quota = Most(QuotaBound.JobsQueued, 1) }, None);
        var today = await Log.CreateAsync(NewJob().New() with { Quota = Most(QuotaBound.JobsPerDay, 1) }, None);
        var again = await Log.CreateAsync(NewJob().New(key: key) with { Quota = Most(QuotaBound.JobsPerDay, 1) }, None);
        var others = await Log.CreateAsync(NewJob(owner: "bob").New() with { Quota = Most(QuotaBound.JobsQueued, 1) }, None);

        Assert.Equal(new QuotaReached(QuotaBound.JobsQueued, 1, 1), second.Reached);
        Assert.Equal(new QuotaReached(QuotaBound.JobsPerDay, 1, 1), today.Reached);
        Assert.False(second.Created);
        Assert.Equal(first.Id, again.Existing);
        Assert.True(others.Created);
        Assert.Equal((1, 1), ((await UsedAsync()).Queued, (await UsedAsync()).Today));
    }

    private static Quota Most(QuotaBound bound, decimal most) => new(new Dictionary<QuotaBound, decimal> { [bound] = most });

    private async Task<OwnerUsage> UsedAsync(string owner = "ann", DateTimeOffset? at = null) =>
        (await Usage.CountAsync(["somebody", owner], at ?? Now, None))[1];
}
