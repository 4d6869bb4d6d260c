using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Components.Logs;

/// <summary>Reads the lines of a job's log from the store: all of them once, for the index, and then those that are looked at.</summary>
internal sealed class LogReader(JobService jobs, JobId id, string owner)
{
    private const int PageSize = 1000;

    // Lines that stand this close are read together with what is between them.
    private const int MostBetween = 200;

    private Dictionary<long, LogEvent> _kept = [];

    /// <summary>The number of the last event that was looked at.</summary>
    public long ReadTo { get; private set; }

    /// <summary>Reads on to an event, a page at a time.</summary>
    /// <param name="seq">The last event that is wanted.</param>
    /// <param name="take">Takes the lines of each page.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task ReadOnAsync(long seq, Action<IReadOnlyList<LogEvent>> take, CancellationToken cancellationToken)
    {
        while (ReadTo < seq)
        {
            var page = await jobs.ReadEventsAsync(id, owner, ReadTo, PageSize, cancellationToken);
            if (page is not { Count: > 0 })
                return;
            ReadTo = page[^1].Seq;
            take([.. page.Where(IsLine).Select(Decode)]);
        }
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
                lines[frame.Seq] = Decode(frame);
            i = last + 1;
        }

        _kept = lines;
        return lines;
    }

    /// <summary>Goes through all lines up to an event.</summary>
    public async IAsyncEnumerable<LogEvent> AllAsync(
        long after, long to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (after < to)
        {
            var page = await jobs.ReadEventsAsync(id, owner, after, PageSize, cancellationToken);
            if (page is not { Count: > 0 })
                yield break;
            after = page[^1].Seq;
            foreach (var frame in page.Where(IsLine))
                yield return Decode(frame);
        }
    }

    private static bool IsLine(EventFrame frame) => frame.Type == EventTypes.Log;

    private static LogEvent Decode(EventFrame frame) => (LogEvent)frame.Decode();
}
