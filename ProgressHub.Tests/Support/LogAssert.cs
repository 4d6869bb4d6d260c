namespace ProgressHub.Tests.Support;

/// <summary>What is true of every log, and of whatever anybody saw of it (invariants I1 to I4 and I8).</summary>
internal static class LogAssert
{
    /// <summary>Asserts of a log, finished or not, all that holds at any moment of it.</summary>
    public static void IsSound(IReadOnlyList<SeenEvent> log)
    {
        Assert.NotEmpty(log);
        Assert.Equal(Enumerable.Range(1, log.Count).Select(n => (long)n), log.Select(e => e.Seq));
        Assert.Equal("queued", log[0].Type);
        Assert.DoesNotContain(log.SkipLast(1), e => e.IsDone);
        Assert.Equal(log.Select(e => e.Attempt).Order(), log.Select(e => e.Attempt));

        foreach (var attempt in log.GroupBy(e => e.Attempt))
        {
            Assert.True(attempt.Count(e => e.Type == "started") <= 1, $"Attempt {attempt.Key} was run twice.");
            Assert.DoesNotContain(attempt.SkipLast(1), e => e.Type == "retrying");
            FractionNeverFalls(attempt);
        }

        var pieces = log.Where(e => e.Type == "partial" && e["ok"].GetBoolean()).Select(e => e["index"].GetInt32()).ToList();
        Assert.True(pieces.Distinct().Count() == pieces.Count, "A finished part was done again.");
    }

    /// <summary>Asserts of a finished log that it is sound and ends in this state.</summary>
    public static void EndsWith(string state, IReadOnlyList<SeenEvent> log)
    {
        IsSound(log);
        Assert.True(log[^1].IsDone, $"The last event is no end: {log[^1]}");
        Assert.Equal(state, log[^1]["state"].GetString());
    }

    /// <summary>
    /// Asserts that a watcher saw each event after its cursor once, in order and as it stands in the log; it may have
    /// been spared progress that later progress supersedes, and what came after it stopped watching.
    /// </summary>
    public static void Saw(IReadOnlyList<SeenEvent> log, IReadOnlyList<SeenEvent> seen, long after = 0)
    {
        var last = after;
        foreach (var one in seen)
        {
            Assert.True(one.Seq > last, $"Event {one.Seq} came after event {last}.");
            Assert.True(one.Seq <= log.Count, $"An event was shown that the log does not have: {one}");
            Assert.Equal(log[(int)one.Seq - 1].Json, one.Json);
            last = one.Seq;
        }

        var shown = seen.Select(e => e.Seq).ToHashSet();
        var lastProgress = seen.LastOrDefault(e => e.Type == "progress")?.Seq ?? 0;
        var missing = log.Where(e => e.Seq > after && e.Seq <= last && !shown.Contains(e.Seq));
        Assert.All(missing, e => Assert.True(e.Type == "progress" && e.Seq < lastProgress, $"A watcher missed {e}"));
    }

    /// <summary>Asserts the same, and that the watcher saw the end.</summary>
    public static void SawAll(IReadOnlyList<SeenEvent> log, IReadOnlyList<SeenEvent> seen, long after = 0)
    {
        Assert.Equal(log[^1].Json, seen[^1].Json);
        Saw(log, seen, after);
    }

    private static void FractionNeverFalls(IEnumerable<SeenEvent> attempt)
    {
        var highest = 0.0;
        foreach (var e in attempt)
        {
            if (e.Type != "progress" || !e.TryGet("fraction", out var value))
                continue;
            var fraction = value.GetDouble();
            Assert.True(fraction >= highest && fraction < 1, $"The fraction went from {highest} to {fraction}: {e}");
            highest = fraction;
        }
    }
}
