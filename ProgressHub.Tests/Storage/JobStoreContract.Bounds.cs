using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Storage;

/// <summary>Claiming where owners may have so many jobs under way.</summary>
public abstract partial class JobStoreContract
{
    private static readonly RunningBounds OneEach = new(1, new Dictionary<string, int?>());

    [Fact]
    public async Task Who_has_as_many_under_way_as_may_be_is_passed_over_until_one_has_ended()
    {
        var running = await StartedAsync("ann");
        var waiting = await CreateAsync("ann");
        var other = await CreateAsync("bob");

        Assert.Equal([other.Id], await ClaimWithinAsync(OneEach, 10));
        Assert.Empty(await ClaimWithinAsync(OneEach, 10));
        await CommitAsync(Finish(running));

        Assert.Equal([waiting.Id], await ClaimWithinAsync(OneEach, 10));
    }

    [Fact]
    public async Task A_claim_gives_nobody_more_than_they_may_have_and_the_rest_to_the_others_in_their_order()
    {
        List<JobId> anns = [];
        for (var i = 0; i < 150; i++)
            anns.Add((await CreateAsync("ann")).Id);
        var (bob, cid, second) = (await CreateAsync("bob"), await CreateAsync("cid"), await CreateAsync("bob"));

        var claimed = await ClaimWithinAsync(new RunningBounds(1, new Dictionary<string, int?> { ["ann"] = 2, ["bob"] = null }), 5);

        Assert.Equal([anns[0], anns[1], bob.Id, cid.Id, second.Id], claimed);
    }

    [Fact]
    public async Task A_bound_counts_over_all_kinds_and_a_job_that_was_moved_stays_first()
    {
        var (a, b) = (await CreateAsync("ann", kind: "a"), await CreateAsync("ann", kind: "b"));
        var last = await CreateAsync("ann", kind: "b");
        Assert.True(await Store.MoveToFrontAsync(last.Id, None));

        var claimed = await Store.ClaimAsync(
            new ClaimRequest("node", new Dictionary<string, int> { ["a"] = 5, ["b"] = 5 }, 10, Now) { Running = new RunningBounds(2, new Dictionary<string, int?>()) },
            None);

        Assert.Equal([last.Id, a.Id], claimed.Select(job => job.Id));
        Assert.Equal(JobState.Queued, (await Store.FindAsync(b.Id, None))!.State);
    }

    [Fact]
    public async Task Slots_and_the_limit_hold_as_without_bounds()
    {
        for (var i = 0; i < 4; i++)
            await CreateAsync($"owner{i}");
        await CreateAsync("ann", kind: "other");

        Assert.Equal(2, (await ClaimWithinAsync(OneEach, 2)).Count);
        Assert.Single(await ClaimWithinAsync(OneEach, 5, limit: 1));
        Assert.Empty(await ClaimWithinAsync(OneEach, 0));
    }

    private async Task<IReadOnlyList<JobId>> ClaimWithinAsync(RunningBounds bounds, int slots, int limit = 100)
    {
        var request = new ClaimRequest("node", new Dictionary<string, int> { ["translation"] = slots }, limit, Now) { Running = bounds };
        return [.. (await Store.ClaimAsync(request, None)).Select(job => job.Id)];
    }
}
