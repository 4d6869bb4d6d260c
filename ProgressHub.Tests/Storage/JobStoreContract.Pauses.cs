using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Storage;

/// <summary>What is paused is not claimed.</summary>
public abstract partial class JobStoreContract
{
    [Fact]
    public async Task While_all_is_paused_nothing_is_claimed_and_afterwards_the_order_is_as_it_was()
    {
        var (first, second, moved) = (await CreateAsync(kind: "a"), await CreateAsync(owner: "eve", kind: "b"), await CreateAsync(owner: "eve", kind: "b"));
        Assert.True(await Store.MoveToFrontAsync(moved.Id, None));
        Assert.True(await Pauses.AddAsync(new QueuePause(null, "ada", Now), None));

        Assert.Empty(await ClaimAsync(new() { ["a"] = 5, ["b"] = 5 }, limit: 5));
        Assert.Empty(await Store.ClaimAsync(
            new ClaimRequest("node", new Dictionary<string, int> { ["a"] = 5 }, 5, Now)
            {
                RemoteSlots = new Dictionary<string, int> { ["b"] = 5 }, Running = new RunningBounds(3, new Dictionary<string, int?>()),
            },
            None));

        Assert.True(await Pauses.RemoveAsync(null, None));
        Assert.Equal([first.Id, moved.Id, second.Id], (await ClaimAsync(new() { ["a"] = 5, ["b"] = 5 }, limit: 5)).Select(job => job.Id));
    }

    [Fact]
    public async Task A_kind_is_paused_alone_and_the_others_pass_it()
    {
        var paused = await CreateAsync(kind: "a");
        var other = await CreateAsync(kind: "b");
        await Pauses.AddAsync(new QueuePause("a", "ada", Now), None);

        Assert.Equal(other.Id, Assert.Single(await ClaimAsync(new() { ["a"] = 5, ["b"] = 5 }, limit: 5)).Id);

        await Pauses.RemoveAsync("a", None);
        Assert.Equal(paused.Id, Assert.Single(await ClaimAsync("a", 5)).Id);
    }

    [Fact]
    public async Task Who_paused_first_is_kept_and_what_is_not_paused_is_not_resumed()
    {
        var (all, kind) = (new QueuePause(null, null, Now), new QueuePause("a", "ada", Now + TimeSpan.FromSeconds(1)));
        Assert.True(await Pauses.AddAsync(kind, None));
        Assert.True(await Pauses.AddAsync(all, None));

        Assert.False(await Pauses.AddAsync(kind with { By = "eve", At = Now + TimeSpan.FromHours(1) }, None));

        Assert.Equal([all, kind], await Pauses.ListAsync(None));
        Assert.False(await Pauses.RemoveAsync("b", None));
        Assert.True(await Pauses.RemoveAsync(null, None));
        Assert.False(await Pauses.RemoveAsync(null, None));
        Assert.Equal([kind], await Pauses.ListAsync(None));
    }
}
