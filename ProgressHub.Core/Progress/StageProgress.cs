namespace ProgressHub.Core.Progress;

/// <summary>How far the stage under way is, on the clock of its attempt.</summary>
/// <param name="Name">The stage.</param>
/// <param name="EnteredAt">When it began.</param>
internal sealed record StageProgress(string Name, TimeSpan EnteredAt)
{
    /// <summary>What was done before this attempt, 0..1: the first share it reported at its beginning.</summary>
    public double Restored { get; private set; }

    /// <summary>The share that is counted as done, 0..1; null where nothing is counted.</summary>
    public double? Done { get; private set; }

    /// <summary>Notes a counted share.</summary>
    public void Observe(double share, TimeSpan now)
    {
        // A handler says what it restored before it begins to work.
        if (Done is null && now - EnteredAt < FirstReportWithin)
            Restored = share;
        Done = Math.Max(Done ?? 0, share);
    }

    private static readonly TimeSpan FirstReportWithin = TimeSpan.FromMilliseconds(250);
}
