using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Storage;

/// <summary>The order in which an owner's jobs ended: what a watcher who was away asks by.</summary>
public abstract partial class EventLogContract
{
    [Fact]
    public async Task Ends_are_numbered_for_each_owner_and_read_in_that_order_with_the_last_event()
    {
        var late = await StartedAsync();
        var first = await FinishedAsync();
        await FinishedAsync("bob");
        var outcome = await Log.AppendAsync(Finish(late, JobState.Failed), None);

        var ended = await Log.ListEndedAsync("ann", 0, 10, None);

        Assert.Equal(new AppendOutcome(true, 2), outcome);
        Assert.Equal(2, ended.Last);
        Assert.Equal([(1, first.Id), (2, late.Id)], ended.Jobs.Select(job => ((int)job.Ending, job.Snapshot.JobId)));
        Assert.All(ended.Jobs, job =>
        {
            Assert.True(job.Done.IsDone);
            Assert.Equal((job.Snapshot.JobId, job.Snapshot.Seq), (job.Done.JobId, job.Done.Seq));
        });
    }

    [Fact]
    public async Task A_page_of_ends_begins_after_a_number_and_is_as_long_as_asked()
    {
        for (var i = 0; i < 5; i++)
            await FinishedAsync();

        var page = await Log.ListEndedAsync("ann", 2, 2, None);

        Assert.Equal([3, 4], page.Jobs.Select(job => (int)job.Ending));
        Assert.Equal(5, page.Last);
        Assert.Empty((await Log.ListEndedAsync("ann", 5, 10, None)).Jobs);
        Assert.Equal(0, (await Log.ListEndedAsync("eve", 0, 10, None)).Last);
    }

    [Fact]
    public async Task The_number_of_an_end_is_not_used_again_once_its_job_is_purged()
    {
        await FinishedAsync();
        var last = await FinishedAsync();
        await Store.PurgeAsync(last.Id, Now, None);

        var next = await FinishedAsync();

        Assert.Equal([1, 3], (await Log.ListEndedAsync("ann", 0, 10, None)).Jobs.Select(job => (int)job.Ending));
        Assert.Equal(next.Id, (await Log.ListEndedAsync("ann", 2, 10, None)).Jobs[0].Snapshot.JobId);
    }

    [Fact]
    public async Task An_end_appended_again_keeps_its_number()
    {
        var job = await StartedAsync();
        var end = Finish(job);
        await CommitAsync(end);
        await FinishedAsync();

        Assert.Equal(new AppendOutcome(true, 1), await Log.AppendAsync(end, None));
    }

    [Fact]
    public async Task The_ends_of_an_owners_logs_are_told_of_what_is_under_way_and_of_what_came_or_ended_of_late()
    {
        await FinishedAsync("ann", "old");
        await CreateAsync("ann", "waits");
        var running = await StartedAsync("ann", "long");
        Clock.Advance(TimeSpan.FromMinutes(1));
        var since = Now;
        var (queued, ended) = (await CreateAsync("ann", "new"), await FinishedAsync("ann", "quick"));
        await StartedAsync("bob", "other");

        var ends = await Log.ReadRecentEndsAsync("ann", since, None);

        Assert.Equal(
            new[] { (queued.Id, 1L), (running.Id, 2L), (ended.Id, 3L) }.OrderBy(end => end.Item2),
            ends.Select(end => (end.Key, end.Value)).OrderBy(end => end.Value));
    }
}
