using ProgressHub.Core.Uploads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Uploads;

public sealed class LiveUploadTests
{
    private readonly LiveUpload _upload = new(new ManualTime());

    [Fact]
    public async Task Whoever_comes_interrupts_whoever_sends_and_waits_for_its_end()
    {
        var first = await _upload.TakeTurnAsync(CancellationToken.None).Soon();
        var second = _upload.TakeTurnAsync(CancellationToken.None);

        Assert.True(first.Interrupted.IsCancellationRequested);
        Assert.False(second.IsCompleted);
        first.Dispose();
        using var turn = await second.Soon();
        Assert.False(turn.Interrupted.IsCancellationRequested);
    }

    [Fact]
    public async Task Of_two_that_wait_the_first_finds_itself_interrupted_by_the_second()
    {
        var sending = await _upload.TakeTurnAsync(CancellationToken.None).Soon();
        var (second, third) = (_upload.TakeTurnAsync(CancellationToken.None), _upload.TakeTurnAsync(CancellationToken.None));
        sending.Dispose();

        var turn = await second.Soon();
        Assert.True(turn.Interrupted.IsCancellationRequested);
        turn.Dispose();

        using var last = await third.Soon();
        Assert.False(last.Interrupted.IsCancellationRequested);
    }

    [Fact]
    public async Task One_that_gives_up_waiting_takes_nothing_from_the_next()
    {
        using var giveUp = new CancellationTokenSource();
        var sending = await _upload.TakeTurnAsync(CancellationToken.None).Soon();
        var waiting = _upload.TakeTurnAsync(giveUp.Token);
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Soon());
        sending.Dispose();

        using var turn = await _upload.TakeTurnAsync(CancellationToken.None).Soon();
        Assert.False(turn.Interrupted.IsCancellationRequested);
    }

    [Fact]
    public async Task What_a_sender_hung_on_its_interruption_may_ask_another_thread_about_the_upload()
    {
        using var turn = await _upload.TakeTurnAsync(CancellationToken.None).Soon();
        var asked = false;
        turn.Interrupted.Register(() => asked = Task.Run(_upload.Interrupt).Wait(Patience.Limit));

        await Task.Run(_upload.Interrupt).Soon();

        Assert.True(asked);
    }
}
