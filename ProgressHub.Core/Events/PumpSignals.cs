namespace ProgressHub.Core.Events;

/// <summary>Who waits for a writer's pump: for room, and for what is appended to be shown. Its owner locks.</summary>
internal sealed class PumpSignals
{
    private TaskCompletionSource? _room;
    private TaskCompletionSource? _flushed;
    private TaskCompletionSource? _flushedNext;

    /// <summary>Completes once a batch was taken.</summary>
    public Task WaitForRoom() => (_room ??= New()).Task;

    /// <summary>
    /// Completes once everything appended so far is shown. Not once nothing waits any more: a handler that goes on reporting
    /// would put that off for ever.
    /// </summary>
    /// <param name="somethingWaits">Whether events wait beside those of the commit that is under way.</param>
    public Task WaitForFlush(bool somethingWaits)
    {
        ref var flushed = ref _flushed;
        if (somethingWaits)
            flushed = ref _flushedNext;
        return (flushed ??= New()).Task;
    }

    /// <summary>The last batch is shown.</summary>
    public void BatchShown()
    {
        _flushed?.TrySetResult();
        (_flushed, _flushedNext) = (_flushedNext, null);
    }

    /// <summary>What waited was taken for the next commit.</summary>
    public void BatchTaken()
    {
        _room?.TrySetResult();
        _room = null;
    }

    /// <summary>Nothing will be shown any more.</summary>
    public void End()
    {
        BatchTaken();
        BatchShown();
        BatchShown();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
