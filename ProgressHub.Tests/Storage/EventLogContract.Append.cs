using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Storage;

/// <summary>Appending: numbered without a gap, fenced, all or nothing.</summary>
public abstract partial class EventLogContract
{
    [Fact]
    public async Task An_append_keeps_events_row_and_snapshot_together()
    {
        var job = await StartedAsync();
        var append = job.Append(
            row => row.WaitForInput(), Step(1), new InputRequiredEvent("r", "Which?", ["a", "b"], Now));

        await CommitAsync(append);

        Assert.Equal(job.Job, await FindAsync(job));
        Assert.Equal([1, 2, 3, 4], (await Log.ReadAsync(job.Id, 0, 10, None)).Select(frame => frame.Seq));
        Assert.Equal(
            EventJson.Serialize(job.Snapshot),
            EventJson.Serialize((await Log.FindSnapshotAsync(job.Id, None))!.Snapshot));
    }

    [Fact]
    public async Task Every_field_that_an_attempt_changes_is_kept()
    {
        var job = await StartedAsync();

        await CommitAsync(job.Append(row => row.RequestCancel(), new CancelingEvent()));
        Assert.Equal(job.Job, await FindAsync(job));
        await CommitAsync(job.Append(
            row => row.Requeue(Now.AddSeconds(5), madeProgress: false), new RetryingEvent("Again", 5000)));
        Assert.Equal(job.Job, await FindAsync(job));
        Clock.Advance(TimeSpan.FromSeconds(5));
        job.Job = Assert.Single(await ClaimAsync(job.Job.Kind, 1));
        await CommitAsync(Finish(job, JobState.Canceled));

        Assert.Equal(job.Job, await FindAsync(job));
        Assert.Equal((2, 1, true), (job.Job.Attempt, job.Job.AttemptsWithoutProgress, job.Job.CancelRequested));
    }

    [Fact]
    public async Task Tags_change_with_the_event_that_tells_of_them_and_of_a_job_that_has_ended_only_where_nobody_was_quicker()
    {
        var job = await StartedAsync();
        await CommitAsync(job.Append(row => row.Retag(["a", "b"]), Step(1), new TagsEvent(["a", "b"])));
        Assert.Equal(["a", "b"], (await Store.FindAsync(job.Id, None))!.Tags);
        Assert.False(await Log.RetagAsync(job.Snapshot, job.Snapshot with { Tags = [] }, None));
        await CommitAsync(Finish(job));
        var ended = (await Log.FindSnapshotAsync(job.Id, None))!.Snapshot;

        Assert.True(await Log.RetagAsync(ended, ended with { Tags = ["b", "c"] }, None));
        Assert.False(await Log.RetagAsync(ended, ended with { Tags = ["d"] }, None));

        Assert.Equal(["b", "c"], (await Store.FindAsync(job.Id, None))!.Tags);
        Assert.Equal(["b", "c"], (await Log.FindSnapshotAsync(job.Id, None))!.Snapshot.Tags);
        Assert.Equal([job.Id], await ListAsync(new JobQuery { Owner = "ann", Tag = "c" }));
        Assert.Empty(await ListAsync(new JobQuery { Owner = "ann", Tag = "a" }));
        Assert.Equal(4, (await Log.ReadAsync(job.Id, 0, 10, None)).Count(frame => frame.Type != EventTypes.Done));
    }

    [Fact]
    public async Task An_append_of_another_attempt_is_fenced_and_writes_nothing()
    {
        var old = await StartedAsync();
        var fork = old.Fork();
        await CommitAsync(old.Append(row => row.Requeue(null, madeProgress: true), new RetryingEvent("Again", 0)));
        Assert.Single(await ClaimAsync(old.Job.Kind, 1));

        var late = await Log.AppendAsync(fork.Append(Step(1)), None);

        Assert.Equal(AppendOutcome.Fenced, late);
        Assert.Equal(3, (await Log.ReadAsync(old.Id, 0, 10, None)).Count);
        Assert.Equal(3, (await Log.FindSnapshotAsync(old.Id, None))!.Snapshot.Seq);
    }

    [Fact]
    public async Task An_append_that_leaves_a_gap_is_fenced()
    {
        var job = await StartedAsync();
        job.Append(Step(1));

        Assert.Equal(AppendOutcome.Fenced, await Log.AppendAsync(job.Append(Step(2)), None));
        Assert.Equal(2, (await Log.ReadAsync(job.Id, 0, 10, None)).Count);
    }

    [Fact]
    public async Task Of_two_writers_that_read_the_same_state_one_is_fenced()
    {
        var job = await StartedAsync();
        var rival = job.Fork();

        await CommitAsync(job.Append(Step(1)));

        Assert.Equal(AppendOutcome.Fenced, await Log.AppendAsync(rival.Append(Step(2)), None));
        var last = (await Log.ReadAsync(job.Id, 2, 10, None)).Single();
        Assert.Equal(1, ((ProgressEvent)last.Decode()).Current);
    }

    [Fact]
    public async Task The_very_same_append_again_is_committed_and_written_once()
    {
        var job = await StartedAsync();
        var append = job.Append(Step(1), Step(2));

        await CommitAsync(append);
        await CommitAsync(append);

        Assert.Equal(4, (await Log.ReadAsync(job.Id, 0, 10, None)).Count);
    }

    [Fact]
    public async Task The_last_append_of_all_may_be_repeated_too()
    {
        var job = await StartedAsync();
        var done = Finish(job);

        await CommitAsync(done);
        await CommitAsync(done);

        Assert.Equal(3, (await Log.ReadAsync(job.Id, 0, 10, None)).Count);
    }

    [Fact]
    public async Task An_append_after_the_end_is_fenced()
    {
        var job = await FinishedAsync();

        Assert.Equal(AppendOutcome.Fenced, await Log.AppendAsync(job.Append(new CancelingEvent()), None));
        Assert.Equal("done", (await Log.ReadAsync(job.Id, 0, 10, None))[^1].Type);
    }

    [Fact]
    public async Task An_append_to_a_job_that_is_not_there_is_fenced()
    {
        var job = NewJob();
        job.New();

        Assert.Equal(AppendOutcome.Fenced, await Log.AppendAsync(job.Append(Step(1)), None));
    }

    [Fact]
    public async Task Events_that_are_no_piece_of_one_log_are_refused()
    {
        var job = await StartedAsync();
        var other = await StartedAsync(kind: "other");
        var first = job.Append(Step(1));
        job.Append(Step(2));
        var third = job.Append(Step(3));

        await RefusedAsync(first with { Frames = [] });
        await RefusedAsync(first with { Frames = [first.Frames[0], third.Frames[0]] });
        await RefusedAsync(first with { Frames = other.Append(Step(1)).Frames });

        async Task RefusedAsync(LogAppend append) =>
            await Assert.ThrowsAsync<ArgumentException>(async () => await Log.AppendAsync(append, None));
    }

    [Fact]
    public async Task More_events_than_a_commit_takes_are_still_one_append()
    {
        var job = await StartedAsync();

        await CommitAsync(job.Append([.. Enumerable.Range(0, 3000).Select(i => Step(i))]));

        Assert.Equal(
            Enumerable.Range(1, 3002).Select(i => (long)i),
            (await Log.ReadAsync(job.Id, 0, 5000, None)).Select(frame => frame.Seq));
    }

    [Fact]
    public async Task A_partial_of_a_megabyte_comes_back_byte_for_byte()
    {
        var job = await StartedAsync();
        var append = job.Append(new PartialEvent(0, 1, true, new string('ü', 1 << 20)));

        await CommitAsync(append);

        var frame = Assert.Single(await Log.ReadAsync(job.Id, 2, 10, None));
        Assert.Equal(append.Frames[0].Sse.ToArray(), frame.Sse.ToArray());
    }

    [Fact]
    public async Task Text_in_every_script_comes_back_as_it_was()
    {
        const string Text = "Ærøskøbing Ελλάδα Привет 日本語 العربية 🧑‍🚀 \u0000 \u0001 \r\n \"\\";
        var job = await StartedAsync();

        await CommitAsync(job.Append(
            new PartialEvent(0, null, true, Data: JsonSerializer.SerializeToElement(Text)),
            new LogEvent(JobLogLevel.Info, Text)));

        var events = (await Log.ReadAsync(job.Id, 2, 10, None)).Select(frame => frame.Decode()).ToArray();
        Assert.Equal(Text, ((PartialEvent)events[0]).Data!.Value.GetString());
        Assert.Equal(Text, ((LogEvent)events[1]).Message);
    }

    [Fact]
    public async Task An_append_that_is_given_up_before_it_begins_is_not_written()
    {
        var job = await StartedAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Log.AppendAsync(job.Fork().Append(Step(1)), new CancellationToken(canceled: true)));

        Assert.Equal(2, (await Log.ReadAsync(job.Id, 0, 10, None)).Count);
    }

    private async Task<Job> FindAsync(Support.LoggedJob job)
    {
        var found = await Store.FindAsync(job.Id, None);
        return found! with { Tags = job.Job.Tags };
    }
}
