using System.Text;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Storage;

/// <summary>What every job store does, whatever the database: rows, inputs, checkpoints, results, counts.</summary>
public abstract partial class JobStoreContract : StorageContract
{
    [Fact]
    public async Task An_unknown_job_has_nothing()
    {
        var id = JobId.New();

        Assert.Null(await Store.FindAsync(id, None));
        Assert.Null(await Store.FindTombstoneAsync(id, None));
        Assert.Null(await Store.ReadInputAsync(id, None));
        Assert.Null(await Store.ReadCheckpointAsync(id, None));
        Assert.Null(await Store.ReadResultAsync(id, None));
        Assert.Null(await Store.QueuePositionAsync(id, None));
        Assert.False(await Store.AmendInputAsync(id, Bytes("{}"), None));
        Assert.False(await Store.SaveCheckpointAsync(Fence(id, 0), Bytes("x"), None));
        Assert.False(await Store.SaveResultAsync(Fence(id, 0), Document("x"), None));
        Assert.False(await Store.PurgeAsync(id, Now, None));
    }

    [Fact]
    public async Task An_empty_store_answers_every_question()
    {
        Assert.Empty(await ClaimAsync("translation", 5));
        Assert.Empty(await Store.ListInterruptedAsync(None));
        Assert.Empty(await Store.ListQueuedAsync(10, None));
        Assert.Null(await Store.NextRunAfterAsync(Now, None));
        Assert.Empty(await Store.CountAsync(None));
        Assert.Empty(await Store.ListFinishedBeforeAsync("translation", Now, 10, None));
    }

    [Fact]
    public async Task Becoming_ready_twice_does_no_harm()
    {
        var job = await CreateAsync();

        await Store.InitializeAsync(None);

        Assert.NotNull(await Store.FindAsync(job.Id, None));
    }

    [Fact]
    public async Task Tags_and_title_come_back_as_they_were()
    {
        var job = await CreateAsync(title: "Ünï \"q\" 日本", tags: ["b", "a", "b", "ü, \"x\""]);

        var found = await Store.FindAsync(job.Id, None);

        Assert.Equal("Ünï \"q\" 日本", found!.Title);
        Assert.Equal(["b", "a", "b", "ü, \"x\""], found.Tags);
    }

    [Fact]
    public async Task An_input_is_replaced_while_its_job_has_not_ended()
    {
        var job = await CreateAsync();

        Assert.True(await Store.AmendInputAsync(job.Id, Bytes("{\"more\":1}"), None));

        Assert.Equal("{\"more\":1}", Encoding.UTF8.GetString((await Store.ReadInputAsync(job.Id, None))!.Value.Span));
    }

    [Fact]
    public async Task A_checkpoint_is_replaced_by_the_next()
    {
        var job = await StartedAsync();

        Assert.Null(await Store.ReadCheckpointAsync(job.Id, None));
        Assert.True(await Store.SaveCheckpointAsync(Fence(job.Id, 1), Bytes("one"), None));
        Assert.True(await Store.SaveCheckpointAsync(Fence(job.Id, 1), Bytes("two"), None));

        Assert.Equal("two", Text(await Store.ReadCheckpointAsync(job.Id, None)));
    }

    [Fact]
    public async Task A_checkpoint_may_be_empty_and_may_be_large()
    {
        var job = await StartedAsync();
        var large = new byte[3 << 20];
        Random.Shared.NextBytes(large);

        Assert.True(await Store.SaveCheckpointAsync(Fence(job.Id, 1), default, None));
        Assert.Equal(0, (await Store.ReadCheckpointAsync(job.Id, None))!.Value.Length);
        Assert.True(await Store.SaveCheckpointAsync(Fence(job.Id, 1), large, None));
        Assert.Equal(large, (await Store.ReadCheckpointAsync(job.Id, None))!.Value.ToArray());
    }

    [Fact]
    public async Task Bytes_may_be_reused_as_soon_as_a_write_returns()
    {
        var job = await StartedAsync();
        var buffer = Encoding.UTF8.GetBytes("first");

        var saving = Store.SaveCheckpointAsync(Fence(job.Id, 1), buffer, None);
        buffer.AsSpan().Clear();
        await saving;

        Assert.Equal("first", Text(await Store.ReadCheckpointAsync(job.Id, None)));
    }

    [Fact]
    public async Task Checkpoint_and_result_of_an_attempt_that_another_follows_are_not_written()
    {
        var job = await StartedAsync();
        await Store.SaveCheckpointAsync(Fence(job.Id, 1), Bytes("first"), None);
        await Store.SaveResultAsync(Fence(job.Id, 1), Document("first"), None);
        await CommitAsync(job.Append(row => row.Requeue(null, true), new RetryingEvent("Again", 0)));
        await ClaimAsync(job.Job.Kind, 1);

        Assert.False(await Store.SaveCheckpointAsync(Fence(job.Id, 1), Bytes("late"), None));
        Assert.False(await Store.SaveResultAsync(Fence(job.Id, 1), Document("late"), None));

        Assert.Equal("first", Text(await Store.ReadCheckpointAsync(job.Id, None)));
        Assert.Equal("first", Text((await Store.ReadResultAsync(job.Id, None))!.Body));
        Assert.Equal((true, false), (await Store.HasCheckpointAsync(job.Id, 1, None), await Store.HasCheckpointAsync(job.Id, 2, None)));
        Assert.True(await Store.SaveCheckpointAsync(Fence(job.Id, 2), Bytes("second"), None));
        Assert.Equal((false, true), (await Store.HasCheckpointAsync(job.Id, 1, None), await Store.HasCheckpointAsync(job.Id, 2, None)));
    }

    [Fact]
    public async Task A_result_comes_back_with_its_type_and_name_and_is_replaced_by_the_next()
    {
        var job = await StartedAsync();
        await Store.SaveResultAsync(Fence(job.Id, 1), Document("one"), None);

        Assert.True(await Store.SaveResultAsync(
            Fence(job.Id, 1), new ResultDocument("text/plain; charset=utf-8", "Grüße.txt", Bytes("two")), None));

        var result = await Store.ReadResultAsync(job.Id, None);
        Assert.Equal(("text/plain; charset=utf-8", "Grüße.txt"), (result!.ContentType, result.FileName));
        Assert.Equal("two", Text(result.Body));
    }

    [Fact]
    public async Task Counts_follow_every_change_of_state()
    {
        await CreateAsync(kind: "a");
        await CreateAsync(kind: "a");
        var running = await StartedAsync(kind: "b");
        var gone = await FinishedAsync(kind: "c");
        await FinishedAsync(kind: "c");
        await CommitAsync(running.Append(row => row.WaitForInput(), new InputRequiredEvent("r", "?", null, Now)));
        await Store.PurgeAsync(gone.Id, Now, None);

        Assert.Equal(
            [("a", JobState.Queued, 2), ("b", JobState.WaitingForInput, 1), ("c", JobState.Succeeded, 1)],
            (await Store.CountAsync(None)).OrderBy(count => count.Kind, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Interrupted_are_the_jobs_that_are_neither_queued_nor_final()
    {
        await CreateAsync(kind: "queued");
        await FinishedAsync(kind: "finished");
        var running = await StartedAsync(kind: "running");
        var waiting = await StartedAsync(kind: "waiting");
        await CommitAsync(waiting.Append(row => row.WaitForInput(), new InputRequiredEvent("r", "?", null, Now)));
        var canceling = await StartedAsync(kind: "canceling");
        await CommitAsync(canceling.Append(row => row.RequestCancel(), new CancelingEvent()));

        var interrupted = await Store.ListInterruptedAsync(None);

        Assert.Equal([running.Id, waiting.Id, canceling.Id], interrupted.Select(job => job.Id));
        Assert.True(interrupted[2].CancelRequested);
    }

    [Fact]
    public async Task A_claimed_job_that_never_said_it_began_is_interrupted_too()
    {
        var job = await CreateAsync();
        await ClaimAsync(job.Job.Kind, 1);

        Assert.Equal(job.Id, Assert.Single(await Store.ListInterruptedAsync(None)).Id);
    }

    [Fact]
    public async Task A_probe_succeeds_while_all_is_well_however_many_ask()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Store.ProbeAsync(None).AsTask()));
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte>? bytes) => Encoding.UTF8.GetString(bytes!.Value.Span);

    private static ResultDocument Document(string text) => new("text/plain", "result.txt", Bytes(text));
}
