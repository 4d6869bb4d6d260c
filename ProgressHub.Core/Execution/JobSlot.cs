namespace ProgressHub.Core.Execution;

/// <summary>
/// An attempt's slot among those that run at once. It is given back while the attempt only waits, for a file or for an
/// answer, so that a few patient jobs never keep all others from running.
/// </summary>
internal sealed class JobSlot(JobQueue queue, string kind) : IDisposable
{
    /// <summary>The workload of the attempt.</summary>
    public string Kind => kind;

    // From here on: the queue's alone, under its lock.

    /// <summary>How many things the attempt waits for.</summary>
    public int Waits { get; set; }

    /// <summary>Whether the slot was given back.</summary>
    public bool IsReleased { get; set; }

    /// <summary>Whether the attempt is over; a handler that was given up may still come and ask.</summary>
    public bool IsClosed { get; set; }

    /// <summary>
    /// Waits without the slot and takes one again. Where the wait fails, so does the attempt as a rule, and at once:
    /// then it goes on without.
    /// </summary>
    public async Task<T> ReleaseWhileAsync<T>(Func<Task<T>> wait, CancellationToken cancellationToken)
    {
        queue.BeginWait(this);
        T outcome;
        try
        {
            outcome = await wait();
        }
        catch
        {
            queue.AbandonWait(this);
            throw;
        }

        await queue.EndWaitAsync(this, cancellationToken);
        return outcome;
    }

    public void Dispose() => queue.Free(this);
}
