using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Events;

/// <summary>What is appended together, and what goes with the last event.</summary>
public sealed class EventWriterEndTests : IDisposable
{
    private readonly FeedBench _bench = new();
    private readonly Job _job;

    public EventWriterEndTests() => _job = _bench.AddJob();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task A_group_that_fails_in_its_midst_leaves_nothing_pending_and_the_pump_well()
    {
        using var writer = await _bench.OpenAsync(_job);

        Assert.ThrowsAny<Exception>(() => writer.AppendTogether(
            [FeedBench.Line("half"), new PartialEvent(0, null, true, Data: default(JsonElement))]));
        await writer.FlushAsync().Soon();
        Assert.Equal([1], _bench.Log.Frames(_job.Id).Select(f => f.Seq));
        Assert.Equal(3, writer.AppendTogether([FeedBench.Line("a"), FeedBench.Line("b")]));
        await writer.FlushAsync().Soon();

        Assert.Equal([1, 2, 3], _bench.Log.Frames(_job.Id).Select(f => f.Seq));
    }

    [Fact]
    public async Task What_goes_with_the_end_is_done_once_it_is_on_disk_and_before_it_is_shown()
    {
        using var writer = await _bench.OpenAsync(_job);
        using var watch = await _bench.WatchAsync(_job);
        var seen = new List<string>();
        _bench.Log.Hold();
        Assert.True(writer.AppendLast(
            FeedBench.Done(), j => j.Finish(JobState.Succeeded, j.CreatedAt),
            job => seen.Add($"{job.State} {_bench.Log.Frames(_job.Id).Count} {watch.Watcher.Read(new EventFrame[1])}")));
        await _bench.Log.Arrived.Soon();
        Assert.Empty(seen);

        _bench.Log.Release();
        await writer.FlushAsync().Soon();

        Assert.Equal(["Succeeded 2 0"], seen);
    }

    [Fact]
    public async Task What_goes_with_the_end_is_not_done_where_another_attempt_has_the_job()
    {
        using var writer = await _bench.OpenAsync(_job);
        _bench.Log.Fence(_job.Id);
        var ended = false;

        writer.AppendLast(FeedBench.Done(), j => j.Finish(JobState.Succeeded, j.CreatedAt), _ => ended = true);
        await writer.FlushAsync().Soon();

        Assert.False(ended);
    }
}
