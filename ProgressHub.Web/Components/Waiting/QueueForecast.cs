namespace ProgressHub.Web.Components.Waiting;

/// <summary>
/// When queued jobs may be expected to begin: each takes the slot that becomes free first, for as long as jobs of its kind
/// usually take. Where that is not known of what is before it, nothing is said.
/// </summary>
internal static class QueueForecast
{
    /// <summary>The time until each job begins; null where it can't be told.</summary>
    /// <param name="slots">How many jobs run at once.</param>
    /// <param name="running">How long each running job will still hold its slot; null where that is not known.</param>
    /// <param name="queued">How long each queued job will take, in their order; null where that is not known.</param>
    public static IReadOnlyList<TimeSpan?> Of(int slots, IReadOnlyList<TimeSpan?> running, IReadOnlyList<TimeSpan?> queued)
    {
        // A slot that becomes free nobody knows when is as good as none: the others are counted on alone.
        var free = new PriorityQueue<TimeSpan, TimeSpan>();
        foreach (var rest in running.Take(slots))
        {
            if (rest is { } known)
                free.Enqueue(known, known);
        }

        for (var i = running.Count; i < slots; i++)
            free.Enqueue(TimeSpan.Zero, TimeSpan.Zero);

        List<TimeSpan?> starts = [];
        foreach (var length in queued)
        {
            if (!free.TryDequeue(out var start, out _))
            {
                starts.Add(null);
                continue;
            }

            starts.Add(start);
            if (length is { } known)
                free.Enqueue(start + known, start + known);
        }

        return starts;
    }
}
