using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Events;

/// <summary>
/// Brings a feed to the end of its log where another node writes it. Whoever asks while the log is being read is heard: it
/// is read once more.
/// </summary>
internal sealed class LogTail(EventFeed feed)
{
    private const int PageSize = 512;
    private int _wanted;

    /// <summary>Notes that something may be missing; true for the one caller that is to <see cref="ReadWantedAsync"/>.</summary>
    public bool Want() => Interlocked.Increment(ref _wanted) == 1;

    /// <summary>Reads what is missing, as often as somebody wanted it meanwhile.</summary>
    /// <param name="show">Is given what was not shown before.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StorageUnavailableException">The log can't be read now; whoever wants it next tries again.</exception>
    public async Task ReadWantedAsync(Action<IReadOnlyList<EventFrame>> show, CancellationToken cancellationToken)
    {
        int heard;
        do
        {
            heard = Volatile.Read(ref _wanted);
            try
            {
                await ReadAsync(show, cancellationToken);
            }
            catch
            {
                Volatile.Write(ref _wanted, 0);
                throw;
            }
        }
        while (Interlocked.Add(ref _wanted, -heard) > 0);
    }

    /// <summary>Reads what is missing.</summary>
    /// <param name="show">Is given what was not shown before.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task ReadAsync(Action<IReadOnlyList<EventFrame>> show, CancellationToken cancellationToken)
    {
        IReadOnlyList<EventFrame> page;
        do
        {
            page = await feed.PeekLogAsync(feed.Snapshot.Seq, PageSize, cancellationToken);
            if (feed.Receive(page, fromLog: true) is { Shown.Count: > 0 } received)
                show(received.Shown);
        }
        while (page.Count == PageSize);
    }
}
