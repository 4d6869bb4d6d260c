using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

/// <summary>Pieces are restored only where they were cut as the attempt cuts them.</summary>
public sealed class PartialsKeyTests
{
    private readonly Cutter _cutter = new();

    [Fact]
    public async Task Pieces_of_the_same_cut_are_restored_after_a_crash()
    {
        await using var engine = await EngineHost.StartAsync(_cutter);
        var job = await StartAsync(engine);

        await CrashAsync(engine);
        await engine.EndAsync(job);

        Assert.Equal([0, 2], _cutter.Restored);
        Assert.Equal([null, "saved"], _cutter.Checkpoints);
    }

    [Fact]
    public async Task Pieces_and_checkpoint_of_another_cut_are_not()
    {
        await using var engine = await EngineHost.StartAsync(_cutter);
        var job = await StartAsync(engine);

        _cutter.Key = "another";
        await CrashAsync(engine);
        await engine.EndAsync(job);

        Assert.Equal([0, 0], _cutter.Restored);
        Assert.Equal([null, null], _cutter.Checkpoints);
    }

    [Fact]
    public async Task A_plan_without_a_key_takes_over_whatever_there_is()
    {
        _cutter.Key = null;
        await using var engine = await EngineHost.StartAsync(_cutter);
        var job = await StartAsync(engine);

        await CrashAsync(engine);
        await engine.EndAsync(job);

        Assert.Equal([0, 2], _cutter.Restored);
        Assert.Equal([null, "saved"], _cutter.Checkpoints);
    }

    [Theory, InlineData("a", 2), InlineData("another", 0)]
    public async Task A_retry_of_failed_pieces_takes_over_those_of_the_same_cut_alone(string key, int restored)
    {
        _cutter.FailsOne = true;
        await using var engine = await EngineHost.StartAsync(_cutter);
        var job = await StartAsync(engine);
        _cutter.Release.Set();
        await engine.EndAsync(job);

        _cutter.Key = key;
        _cutter.FailsOne = false;
        var retry = await engine.Jobs.RetryAsync(job, EngineHost.Owner, RetryScope.FailedItems, CancellationToken.None);
        var events = await engine.EndAsync(retry!.Snapshot.JobId);

        Assert.Equal([0, restored], _cutter.Restored);
        Assert.Equal(JobState.Succeeded, Assert.IsType<DoneEvent>(events[^1]).State);
        Assert.Equal(3, events.OfType<PartialEvent>().Select(p => p.Index).Distinct().Count());
    }

    [Fact]
    public void A_checkpoint_without_a_mark_is_the_workloads_own()
    {
        var old = PartialsMark.Read("some bytes of an earlier version, long enough to hold a mark"u8.ToArray());

        Assert.Null(old.Key);
        Assert.Equal(60, old.Own!.Value.Length);
        Assert.Null(PartialsMark.Read(null).Own);
        Assert.False(old.IsOf(PartialsMark.Of("a")));
    }

    [Theory, InlineData(null), InlineData(""), InlineData("saved")]
    public void A_mark_is_read_as_it_was_written(string? own)
    {
        ReadOnlyMemory<byte>? bytes = own is null ? (ReadOnlyMemory<byte>?)null : System.Text.Encoding.UTF8.GetBytes(own);

        var read = PartialsMark.Read(new PartialsMark(PartialsMark.Of("a"), bytes).Write());

        Assert.True(read.IsOf(PartialsMark.Of("a")));
        Assert.False(read.IsOf(PartialsMark.Of("b")));
        Assert.Equal(own, read.Own is { } saved ? System.Text.Encoding.UTF8.GetString(saved.Span) : null);
    }

    private async Task<JobId> StartAsync(EngineHost engine)
    {
        var job = await engine.SubmitAsync("cutting", """{"text":"x"}""");
        await _cutter.Reached.Task.Soon();
        return job.JobId;
    }

    private async Task CrashAsync(EngineHost engine)
    {
        await engine.CrashAsync();
        _cutter.Release.Set();
    }

    private sealed record CutInput(string Text);

    private sealed class Cutter : Workload<CutInput>
    {
        public string? Key { get; set; } = "a";

        public bool FailsOne { get; set; }

        public List<int> Restored { get; } = [];

        public List<string?> Checkpoints { get; } = [];

        public Signal Reached { get; } = new();

        public Signal Release { get; } = new();

        public override string Kind => "cutting";

        public override ValueTask<WorkloadPlan> PlanAsync(CutInput input, string owner, CancellationToken cancellationToken) =>
            new(new WorkloadPlan(Stages, null, "Cut") { PartialsKey = Key });

        public override async Task<WorkloadOutcome> RunAsync(CutInput input, WorkloadContext context)
        {
            var first = !Reached.Task.IsCompleted;
            Restored.Add(context.RestoredPartials.Count);
            Checkpoints.Add(await context.ReadCheckpointAsync() is { } saved ? System.Text.Encoding.UTF8.GetString(saved.Span) : null);
            for (var i = 0; i < 2; i++)
                await context.PartialAsync(new PartialResult(i, 3) { Text = "x" });
            await context.SaveCheckpointAsync("saved"u8.ToArray());
            Reached.Set();
            if (first)
                await Release.WaitAsync(context.CancellationToken);
            await context.PartialAsync(new PartialResult(2, 3) { Text = "x", Error = FailsOne ? "Broken." : null });
            return new WorkloadOutcome(null, FailsOne ? 1 : 0);
        }
    }
}
