using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Logs;

/// <summary>Reads the lines of a job's log from the store: all of them once, for the index, and then those that are looked at.</summary>
/// <param name="jobs">The jobs.</param>
/// <param name="id">The job.</param>
/// <param name="owner">Who reads.</param>
/// <param name="kind">The job's kind, by which its lines are put into the reader's language; null leaves them as they are.</param>
public sealed class LogReader(JobService jobs, JobId id, string owner, string? kind = null)
{
    private const int PageSize = 1000;

    // Of a log that ends in other events, no more than these are looked through for its last lines.
    private const int TailDepth = 5000;

    // Lines that stand this close are read together with what is between them.
    private const int MostBetween = 200;

    private Dictionary<long, LogEvent> _kept = [];

    /// <summary>The number of the last event that was looked at.</summary>
    public long ReadTo { get; private set; }

    /// <summary>Reads the next page of lines.</summary>
    /// <returns>The lines; null where there is nothing more.</returns>
    public async Task<IReadOnlyList<LogEvent>?> NextAsync(CancellationToken cancellationToken)
    {
        var (lines, last) = await PageAsync(ReadTo, cancellationToken);
        ReadTo = last ?? ReadTo;
        return last is null ? null : lines;
    }

    /// <summary>The last lines up to an event, so that they can be shown while all others are still being read.</summary>
    public async Task<IReadOnlyList<LogEvent>> TailAsync(long seq, int wanted, CancellationToken cancellationToken)
    {
        List<LogEvent> lines = [];
        for (var end = seq; end > Math.Max(0, seq - TailDepth) && lines.Count < wanted; end -= PageSize)
        {
            var after = Math.Max(0, end - PageSize);
            var page = await jobs.ReadEventsAsync(id, owner, after, (int)(end - after), cancellationToken);
            lines.InsertRange(0, page?.Where(IsLine).Select(Said) ?? []);
        }

        return lines[Math.Max(0, lines.Count - wanted)..];
    }

    /// <summary>The lines of these events, in order; without those that are gone.</summary>
    public async Task<IReadOnlyDictionary<long, LogEvent>> ReadAsync(IReadOnlyList<long> seqs, CancellationToken cancellationToken)
    {
        var lines = new Dictionary<long, LogEvent>(seqs.Count);
        for (var i = 0; i < seqs.Count;)
        {
            if (_kept.TryGetValue(seqs[i], out var kept))
            {
                lines[seqs[i++]] = kept;
                continue;
            }

            var last = i;
            while (last + 1 < seqs.Count && seqs[last + 1] - seqs[last] <= MostBetween && seqs[last + 1] - seqs[i] < PageSize)
                last++;
            var page = await jobs.ReadEventsAsync(id, owner, seqs[i] - 1, (int)(seqs[last] - seqs[i]) + 1, cancellationToken);
            foreach (var frame in page?.Where(IsLine) ?? [])
                lines[frame.Seq] = Said(frame);
            i = last + 1;
        }

        _kept = lines;
        return lines;
    }

    /// <summary>Goes through all lines up to an event.</summary>
    public async IAsyncEnumerable<LogEvent> AllAsync(
        long to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (long after = 0; after < to;)
        {
            var (lines, last) = await PageAsync(after, cancellationToken);
            if (last is null)
                yield break;
            after = last.Value;
            foreach (var line in lines)
                yield return line;
        }
    }

    /// <summary>A page of lines after an event, and the last event that was looked at; null where there is none.</summary>
    public async Task<(IReadOnlyList<LogEvent> Lines, long? Last)> PageAsync(long after, CancellationToken cancellationToken)
    {
        var page = await jobs.ReadEventsAsync(id, owner, after, PageSize, cancellationToken);
        return page is { Count: > 0 } ? ([.. page.Where(IsLine).Select(Said)], page[^1].Seq) : ([], null);
    }

    private static bool IsLine(EventFrame frame) => frame.Type == EventTypes.Log;

    private LogEvent Said(EventFrame frame) => ((LogEvent)frame.Decode()).Said(kind);
}
