namespace ProgressHub.Core.Progress;

/// <summary>What is said while an operation runs that can't say how far it is.</summary>
public sealed record PulseOptions
{
    /// <summary>How long it takes, where nothing was learned yet.</summary>
    public TimeSpan Expected { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// What is said by the first updates, one each, before what is said depends on the time; no more of it once the usual
    /// time is over.
    /// </summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>What is said at first.</summary>
    public string Early { get; init; } = "Working";

    /// <summary>What is said once 0.3 of the usual time has passed.</summary>
    public string Middle { get; init; } = "Still working";

    /// <summary>What is said once 0.7 of the usual time has passed.</summary>
    public string Late { get; init; } = "Nearly done";

    /// <summary>What is said once it takes longer than that.</summary>
    public string Overdue { get; init; } = "Taking longer than usual";

    /// <summary>The share of the stage, 0..1, that is done when it begins.</summary>
    public double From { get; init; }

    /// <summary>The share of the stage, 0..1, that is done when it ends.</summary>
    public double To { get; init; } = 1;
}
