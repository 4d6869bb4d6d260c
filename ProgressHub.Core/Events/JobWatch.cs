using System.Runtime.CompilerServices;

namespace ProgressHub.Core.Events;

/// <summary>
/// The watching of one job: its state as of a <c>seq</c>, and everything after that. Read, then wait, then read again,
/// until <see cref="IsComplete"/>. For one reader at a time.
/// </summary>
public sealed class JobWatch : IDisposable
{
    private const int FirstPage = 16;

    private readonly FeedLease _lease;
    private int _page = FirstPage;
    private volatile bool _isWithdrawn;

    internal JobWatch(FeedLease lease, FeedWatcher watcher, JobSnapshot snapshot)
    {
        _lease = lease;
        Watcher = watcher;
        Snapshot = snapshot;
    }

    /// <summary>The job's state at the cursor the watching began with.</summary>
    public JobSnapshot Snapshot { get; }

    /// <summary>Whose job it is.</summary>
    public string Owner => _lease.Feed.Owner;

    /// <summary>The last <c>seq</c> read.</summary>
    public long Cursor => Watcher.Cursor;

    /// <summary>Whether the job has ended and everything was read.</summary>
    public bool IsComplete => _lease.Feed.Snapshot is { IsFinal: true } state && state.Seq == Watcher.Cursor;

    /// <summary>The <c>seq</c> of the last event there is.</summary>
    internal long Last => _lease.Feed.Snapshot.Seq;

    /// <summary>Whether everything there is was read.</summary>
    internal bool IsUpToDate => Last <= Watcher.Cursor;

    /// <summary>Whether the job has ended, wherever the cursor is.</summary>
    public bool HasEnded => _lease.Feed.Snapshot.IsFinal;

    /// <summary>The cursor in the feed: to wait on, and to poke.</summary>
    internal FeedWatcher Watcher { get; }

    /// <summary>Called once it is over.</summary>
    internal Action? Closed { get; set; }

    /// <summary>
    /// Ends it, from any thread: its reader is told that the events are gone, for who may not see a job any more sees none.
    /// </summary>
    internal void Withdraw()
    {
        _isWithdrawn = true;
        Watcher.Close();
    }

    /// <summary>Takes what was missed, from memory where it is still there and else from the log.</summary>
    /// <returns>How many frames were put into <paramref name="target"/>; 0 where there is nothing new.</returns>
    /// <exception cref="EventsGoneException">The job was purged meanwhile, or may not be seen any more.</exception>
    internal ValueTask<int> ReadAsync(Memory<EventFrame> target, CancellationToken cancellationToken)
    {
        var count = Watcher.Read(target.Span);
        return count >= 0 ? ValueTask.FromResult(count) : CatchUpAsync(target, cancellationToken);
    }

    /// <summary>Every event after the snapshot, as it comes; ends after <c>done</c>, and disposes this.</summary>
    public async IAsyncEnumerable<JobEvent> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var _ = this;
        await using var poke = cancellationToken.UnsafeRegister(
            static watcher => ((FeedWatcher)watcher!).Poke(), Watcher);
        var frames = new EventFrame[64];
        while (!IsComplete)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var count = await ReadAsync(frames, cancellationToken);
            if (count == 0)
                await Watcher.WaitAsync();
            for (var i = 0; i < count; i++)
                yield return frames[i].Decode();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Watcher.Dispose();
        _lease.Dispose();
        Closed?.Invoke();
    }

    private async ValueTask<int> CatchUpAsync(Memory<EventFrame> target, CancellationToken cancellationToken)
    {
        if (_isWithdrawn)
            throw new EventsGoneException(Snapshot.JobId, Watcher.Cursor);

        // No further than what is shown: the log may hold more, and who drops then would come back with a cursor that
        // the feed does not know yet.
        var most = (int)Math.Min(Math.Min(_page, target.Length), _lease.Feed.Snapshot.Seq - Watcher.Cursor);
        var page = await _lease.Feed.ReadLogAsync(Watcher.Cursor, most, cancellationToken);
        var bytes = 0;
        for (var i = 0; i < page.Count; i++)
        {
            target.Span[i] = page[i];
            bytes += page[i].Sse.Length;
        }

        // Pages follow the size of the events, so that a page is about as many bytes as a read from memory at most.
        _page = (int)Math.Clamp((long)page.Count * FrameRing.BytesPerRead / bytes, 1, 2L * _page);
        Watcher.Cursor += page.Count;
        return page.Count;
    }
}

/// <summary>A job's state and, from there on, every event: the two belong together and are taken under one lock.</summary>
/// <param name="Snapshot">The state as of a <c>seq</c>.</param>
/// <param name="Events">Everything after it, live; ends after <c>done</c>. Enumerate it once, and dispose the enumerator.</param>
internal sealed record JobFollow(JobSnapshot Snapshot, IAsyncEnumerable<JobEvent> Events);
