using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Events;

/// <summary>
/// How far each of an owner's jobs was shown on the stream of all, where several nodes write them: what is missing shows by the
/// numbers. Not thread-safe; its owner locks.
/// </summary>
internal sealed class ShownEnds
{
    private const int MaxOthers = 1000;

    private readonly Dictionary<JobId, long> _shown = [];

    // As of the beginning: what is on its way from before it is news all the same.
    private IReadOnlyDictionary<JobId, long> _told = new Dictionary<JobId, long>();
    private IReadOnlyDictionary<JobId, long>? _before;

    /// <summary>Takes note of events of one job.</summary>
    /// <param name="frames">The events, in order; some may have been shown before.</param>
    /// <returns>Those that are new, and whether none is missing before them.</returns>
    public ReceivedFrames Note(IReadOnlyList<EventFrame> frames)
    {
        var isKnown = _shown.TryGetValue(frames[0].JobId, out var shown);
        if (frames[0].Seq <= shown)
            frames = [.. frames.Where(frame => frame.Seq > shown)];
        if (frames.Count > 0)
            _shown[frames[0].JobId] = frames[^1].Seq;
        return new ReceivedFrames(frames, frames.Count == 0 || !isKnown || frames[0].Seq == shown + 1);
    }

    /// <summary>Whether <see cref="Begin"/> is still to be called.</summary>
    public bool IsNew => _before is null;

    /// <summary>
    /// Begins with the ends of the logs. What is committed elsewhere before the other nodes know that somebody watches is not sent:
    /// a job that came or ended since the stream was opened, and that nobody has told of, was missed.
    /// </summary>
    /// <param name="ends">The jobs that are under way, and those that came or ended since, each with its last event.</param>
    /// <param name="underWay">Those that are under way: whoever opened the stream was told of them.</param>
    /// <returns>Whether none was missed.</returns>
    public bool Begin(IReadOnlyDictionary<JobId, long> ends, IReadOnlyDictionary<JobId, long> underWay)
    {
        var isWhole = ends.Keys.All(id => _shown.ContainsKey(id) || underWay.ContainsKey(id));
        _before = _told = ends;
        if (!isWhole)
            Know(ends);
        return isWhole;
    }

    /// <summary>Compares with the ends of the logs.</summary>
    /// <param name="ends">The jobs that are under way, or were a moment ago, each with its last event.</param>
    /// <returns>Whether all is shown that was there the last time: what is newer may be on its way.</returns>
    public bool Compare(IReadOnlyDictionary<JobId, long> ends)
    {
        var isWhole = _before!.All(end => !ends.ContainsKey(end.Key) || Math.Max(_shown.GetValueOrDefault(end.Key), _told.GetValueOrDefault(end.Key)) >= end.Value);

        // What was shown since the ends were read is not among them.
        var isFull = _shown.Count > ends.Count + MaxOthers;
        foreach (var gone in _shown.Keys.Where(id => !ends.ContainsKey(id) && (isFull || _before!.ContainsKey(id))).ToList())
            _shown.Remove(gone);
        if (!isWhole)
            Know(ends);
        _before = ends;
        return isWhole;
    }

    // Whoever watches is told of these from the store.
    private void Know(IReadOnlyDictionary<JobId, long> ends)
    {
        foreach (var (id, last) in ends)
            _shown[id] = Math.Max(last, _shown.GetValueOrDefault(id));
    }
}
