using System.Collections.Concurrent;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Storage;

/// <summary>Claiming and the queue.</summary>
public abstract partial class JobStoreContract
{
    [Fact]
    public async Task A_claim_begins_an_attempt_and_returns_the_job_as_it_is_now()
    {
        var job = await CreateAsync();
        Clock.Advance(TimeSpan.FromSeconds(3));

        var claimed = Assert.Single(await ClaimAsync(job.Job.Kind, 1));

        Assert.Equal(job.Job.Start(Now, "node"), claimed with { Tags = job.Job.Tags });
        Assert.Equal(claimed, (await Store.FindAsync(job.Id, None))! with { Tags = claimed.Tags });
    }

    [Fact]
    public async Task A_later_attempt_keeps_the_beginning_of_the_first()
    {
        var job = await StartedAsync();
        var began = job.Job.StartedAt;
        await CommitAsync(job.Append(row => row.Requeue(null, false), new RetryingEvent("Again", 0)));
        Clock.Advance(TimeSpan.FromMinutes(1));

        var claimed = Assert.Single(await ClaimAsync(job.Job.Kind, 1));

        Assert.Equal((2, began, 1), (claimed.Attempt, claimed.StartedAt, claimed.AttemptsWithoutProgress));
    }

    [Fact]
    public async Task The_oldest_are_claimed_first_across_kinds()
    {
        List<JobId> ids = [];
        for (var i = 0; i < 9; i++)
            ids.Add((await CreateAsync(kind: i % 3 == 0 ? "a" : "b")).Id);

        var claimed = await ClaimAsync(new() { ["a"] = 10, ["b"] = 10 }, limit: 5);

        Assert.Equal(ids.Take(5), claimed.Select(job => job.Id));
    }

    [Fact]
    public async Task No_kind_gets_more_than_its_free_places_and_the_others_still_get_theirs()
    {
        for (var i = 0; i < 5; i++)
            await CreateAsync(kind: "a");
        for (var i = 0; i < 5; i++)
            await CreateAsync(kind: "b");
        await CreateAsync(kind: "c");

        var claimed = await ClaimAsync(new() { ["a"] = 2, ["b"] = 3, ["d"] = 1 }, limit: 100);

        Assert.Equal(["a", "a", "b", "b", "b"], claimed.Select(job => job.Kind));
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(-1, 5)]
    [InlineData(5, 0)]
    [InlineData(5, -1)]
    public async Task Without_a_place_nothing_is_claimed(int places, int limit)
    {
        var job = await CreateAsync();

        Assert.Empty(await ClaimAsync(job.Job.Kind, places, limit));
        Assert.Equal(JobState.Queued, (await Store.FindAsync(job.Id, None))!.State);
    }

    [Fact]
    public async Task A_delayed_job_is_passed_over_until_its_moment()
    {
        var delayed = await DelayedAsync(TimeSpan.FromSeconds(10));
        var other = await CreateAsync();

        Assert.Equal(other.Id, Assert.Single(await ClaimAsync("translation", 5)).Id);
        Assert.Equal(Now.AddSeconds(10), await Store.NextRunAfterAsync(Now, None));
        Clock.Advance(TimeSpan.FromSeconds(10));

        var claimed = Assert.Single(await ClaimAsync("translation", 5));
        Assert.Equal((delayed.Id, null), (claimed.Id, claimed.RunAfter));
        Assert.Null(await Store.NextRunAfterAsync(Now, None));
    }

    [Fact]
    public async Task The_next_moment_is_the_earliest_of_the_delayed()
    {
        await DelayedAsync(TimeSpan.FromSeconds(30));
        await DelayedAsync(TimeSpan.FromSeconds(20));
        await DelayedAsync(TimeSpan.FromSeconds(40));

        Assert.Equal(Now.AddSeconds(20), await Store.NextRunAfterAsync(Now, None));
        Assert.Equal(Now.AddSeconds(30), await Store.NextRunAfterAsync(Now.AddSeconds(20), None));
        Assert.Null(await Store.NextRunAfterAsync(Now.AddSeconds(40), None));
    }

    [Fact]
    public async Task The_queued_of_a_kind_are_listed_whether_they_may_run_or_not()
    {
        var delayed = await DelayedAsync(TimeSpan.FromSeconds(30));
        var waiting = await CreateAsync();
        await CreateAsync(kind: "other");

        Assert.Equal([delayed.Id, waiting.Id], await Store.ListQueuedOfKindAsync(waiting.Job.Kind, 10, None));
        Assert.Equal([delayed.Id], await Store.ListQueuedOfKindAsync(waiting.Job.Kind, 1, None));
        Assert.Empty(await Store.ListQueuedOfKindAsync("none", 10, None));
    }

    [Fact]
    public async Task Many_claims_at_once_never_give_a_job_to_two()
    {
        var ids = (await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => CreateAsync()))).Select(job => job.Id);
        var claimed = new ConcurrentBag<JobId>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (await ClaimAsync("translation", 3) is { Count: > 0 } jobs)
            {
                foreach (var job in jobs)
                    claimed.Add(job.Id);
            }
        }))).WaitAsync(Soon);

        Assert.Equal(ids.Order(ById), claimed.Order(ById));
    }

    [Fact]
    public async Task A_job_that_was_canceled_in_the_queue_is_not_claimed()
    {
        var job = await CreateAsync();
        await CommitAsync(Finish(job, JobState.Canceled));

        Assert.Empty(await ClaimAsync(job.Job.Kind, 5));
    }

    [Fact]
    public async Task The_queue_is_listed_and_numbered_in_the_order_of_claims()
    {
        var late = await DelayedAsync(TimeSpan.FromSeconds(30));
        var soon = await DelayedAsync(TimeSpan.FromSeconds(20));
        var first = await CreateAsync(kind: "x");
        var second = await CreateAsync(kind: "y");
        var running = await StartedAsync(kind: "z");

        Assert.Equal([first.Id, second.Id, soon.Id, late.Id], await Store.ListQueuedAsync(10, None));
        Assert.Equal([first.Id, second.Id, soon.Id], await Store.ListQueuedAsync(3, None));
        Assert.Equal([first.Id], await Store.ListQueuedAsync(1, None));
        Assert.Equal(4, await Store.CountQueuedAsync(first.Job.Owner, None));
        Assert.Equal(0, await Store.CountQueuedAsync("nobody", None));
        Assert.Equal(0, await Store.QueuePositionAsync(first.Id, None));
        Assert.Equal(1, await Store.QueuePositionAsync(second.Id, None));
        Assert.Equal(2, await Store.QueuePositionAsync(soon.Id, None));
        Assert.Equal(3, await Store.QueuePositionAsync(late.Id, None));
        Assert.Null(await Store.QueuePositionAsync(running.Id, None));
        Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal([late.Id, soon.Id, first.Id, second.Id], await Store.ListQueuedAsync(10, None));
        Assert.Equal(0, await Store.QueuePositionAsync(late.Id, None));
    }

    [Fact]
    public async Task A_job_moved_to_the_front_is_listed_numbered_and_claimed_before_its_owners_others()
    {
        var first = await CreateAsync(kind: "a");
        var second = await CreateAsync(kind: "b");
        var third = await CreateAsync(kind: "a");
        var fourth = await CreateAsync(kind: "b");

        Assert.True(await Store.MoveToFrontAsync(third.Id, None));
        Assert.True(await Store.MoveToFrontAsync(fourth.Id, None));
        Assert.True(await Store.MoveToFrontAsync(fourth.Id, None)); // it is there already

        Assert.Equal([fourth.Id, third.Id, first.Id, second.Id], await Store.ListQueuedAsync(10, None));
        Assert.Equal([fourth.Id, third.Id], await Store.ListQueuedAsync(2, None));
        Assert.Equal(0, await Store.QueuePositionAsync(fourth.Id, None));
        Assert.Equal(1, await Store.QueuePositionAsync(third.Id, None));
        Assert.Equal(3, await Store.QueuePositionAsync(second.Id, None));
        Assert.Equal([fourth.Id, third.Id], (await ClaimAsync(new() { ["a"] = 1, ["b"] = 2 }, limit: 2)).Select(job => job.Id));
        Assert.Equal([first.Id, second.Id], (await ClaimAsync(new() { ["a"] = 1, ["b"] = 2 }, limit: 9)).Select(job => job.Id));
        Assert.False(await Store.MoveToFrontAsync(first.Id, None));
    }

    [Fact]
    public async Task Moving_to_the_front_passes_nobody_elses_that_stood_before_ones_own()
    {
        var theirs = await CreateAsync(owner: "others");
        var own = await CreateAsync();
        var between = await CreateAsync(owner: "others");
        var moved = await CreateAsync();

        Assert.True(await Store.MoveToFrontAsync(moved.Id, None));

        Assert.Equal([theirs.Id, moved.Id, own.Id, between.Id], await Store.ListQueuedAsync(10, None));
        Assert.Equal([theirs.Id, moved.Id, own.Id, between.Id], (await ClaimAsync(moved.Job.Kind, 9)).Select(job => job.Id));
    }

    private static readonly Comparer<JobId> ById =
        Comparer<JobId>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()));

    private async Task<IReadOnlyList<Job>> ClaimAsync(Dictionary<string, int> places, int limit) =>
        await Store.ClaimAsync(new ClaimRequest("node", places, limit, Now), None);

    private async Task<Support.LoggedJob> DelayedAsync(TimeSpan delay)
    {
        var job = await StartedAsync();
        await CommitAsync(job.Append(
            row => row.Requeue(Now + delay, false), new RetryingEvent("Again", (long)delay.TotalMilliseconds)));
        return job;
    }
}
