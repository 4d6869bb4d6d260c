using ProgressHub.Core.Progress;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Progress;

public sealed class PulseTests : IProgress<ProgressUpdate>
{
    private readonly ManualTime _time = new();
    private readonly List<ProgressUpdate> _updates = [];
    private readonly TaskCompletionSource<int> _work = new(TaskCreationOptions.RunContinuationsAsynchronously);

    void IProgress<ProgressUpdate>.Report(ProgressUpdate value)
    {
        lock (_updates)
            _updates.Add(value);
    }

    [Fact]
    public async Task It_reports_each_second_what_has_passed_and_what_is_usual()
    {
        var running = Start(new PulseOptions { Expected = TimeSpan.FromSeconds(10) });

        await PassAsync(seconds: 3);
        _work.SetResult(7);

        Assert.Equal(7, await running.Soon());
        var seen = Seen();
        Assert.Equal([0, 1, 2, 3], seen.Select(u => u.Current!.Value));
        Assert.All(seen, u => Assert.True(u is { Estimated: true, Total: 10, Unit: "seconds" }));
        Assert.Equal(0.27, seen[^1].StageFraction!.Value, 6);
    }

    [Fact]
    public async Task What_was_learned_outweighs_what_the_workload_expects()
    {
        var running = Start(new PulseOptions { Expected = TimeSpan.FromSeconds(10) }, usual: TimeSpan.FromSeconds(4));
        await PassAsync(seconds: 2);
        _work.SetResult(1);
        await running.Soon();

        Assert.Equal(0.45, Seen()[^1].StageFraction!.Value, 6);
    }

    [Fact]
    public async Task The_message_goes_with_the_share_of_the_usual_time()
    {
        var running = Start(new PulseOptions { Expected = TimeSpan.FromSeconds(10), Early = "a", Middle = "b", Late = "c", Overdue = "d" });
        await PassAsync(seconds: 12);
        _work.SetResult(1);
        await running.Soon();

        Assert.Equal("aaabbbbccccdd", string.Concat(Seen().Select(u => u.Message)));
    }

    [Fact]
    public async Task Steps_are_told_one_by_one_before_the_time_speaks_and_none_once_the_usual_time_is_over()
    {
        var running = Start(new PulseOptions { Expected = TimeSpan.FromSeconds(4), Steps = ["1", "2", "3", "4", "5", "6"], Overdue = "d" });
        await PassAsync(seconds: 6);
        _work.SetResult(1);
        await running.Soon();

        Assert.Equal("11234dd", string.Concat(Seen().Select(u => u.Message)));
    }

    [Fact]
    public async Task After_the_steps_the_message_goes_with_the_time()
    {
        var running = Start(new PulseOptions { Expected = TimeSpan.FromSeconds(10), Steps = ["1"], Early = "a", Middle = "b", Late = "c", Overdue = "d" });
        await PassAsync(seconds: 8);
        _work.SetResult(1);
        await running.Soon();

        Assert.Equal("11abbbbcc", string.Concat(Seen().Select(u => u.Message)));
    }

    [Fact]
    public async Task The_share_always_moves_and_never_arrives()
    {
        var running = Start(new PulseOptions { Expected = TimeSpan.FromSeconds(1), From = 0.2, To = 0.6 });
        await PassAsync(seconds: 60);
        _work.SetResult(1);
        await running.Soon();

        var shares = Seen().Select(u => u.StageFraction!.Value).ToArray();
        Assert.All(shares.Zip(shares.Skip(1)), pair => Assert.True(pair.First < pair.Second));
        Assert.All(shares, share => Assert.InRange(share, 0.2, 0.5999));
    }

    [Fact]
    public async Task Nothing_is_reported_after_the_operation_has_ended()
    {
        var running = Start(new PulseOptions());
        await PassAsync(seconds: 1);
        _work.SetResult(1);
        await running.Soon();
        var count = Seen().Length;

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(count, Seen().Length);
        Assert.Equal(0, _time.Armed);
    }

    [Fact]
    public async Task What_the_operation_throws_comes_through()
    {
        var running = Start(new PulseOptions());

        _work.SetException(new InvalidDataException("broken"));

        Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidDataException>(() => running.Soon())).Message);
    }

    [Fact]
    public async Task A_cancel_is_not_kept_waiting_by_an_operation_that_ignores_it()
    {
        using var cancellation = new CancellationTokenSource();
        var running = new Pulse(this, new PulseOptions(), null, _time).RunAsync(_ => _work.Task, cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Soon());
    }

    private Task<int> Start(PulseOptions options, TimeSpan? usual = null) =>
        new Pulse(this, options, usual, _time).RunAsync(_ => _work.Task, CancellationToken.None);

    private async Task PassAsync(int seconds)
    {
        await Patience.UntilAsync(() => Seen().Length == 1 && _time.Armed > 0, "the first report");
        for (var i = 0; i < seconds; i++)
        {
            var before = Seen().Length;
            _time.Advance(TimeSpan.FromSeconds(1));
            await Patience.UntilAsync(() => Seen().Length == before + 1 && _time.Armed > 0, "the next report");
        }
    }

    private ProgressUpdate[] Seen()
    {
        lock (_updates)
            return [.. _updates];
    }
}
