namespace ProgressHub.Core.Events;

/// <summary>How far the work is.</summary>
public sealed record ProgressState
{
    /// <summary>The stage under way.</summary>
    public string? Stage { get; init; }

    /// <summary>Overall, 0..1; below 1 until the job has succeeded, and never falling within an attempt.</summary>
    public double? Fraction { get; init; }

    /// <summary>Within the stage, 0..1; missing where the total is unknown (indeterminate).</summary>
    public double? StageFraction { get; init; }

    /// <summary>How many units are done.</summary>
    public double? Current { get; init; }

    /// <summary>How many units there are.</summary>
    public double? Total { get; init; }

    /// <summary>What is counted, such as <c>batches</c>.</summary>
    public string? Unit { get; init; }

    /// <summary>What is being done, for a person.</summary>
    public string? Message { get; init; }

    /// <summary>Whether the fraction is a guess from elapsed time instead of a count.</summary>
    public bool Estimated { get; init; }

    /// <summary>Whether whoever does the work has not been heard of for too long; missing where that is not so.</summary>
    public bool? Stalled { get; init; }

    /// <summary>How long it will still take; missing while nothing meaningful is known.</summary>
    public Eta? Eta { get; init; }

    /// <summary>The same as an event of its own.</summary>
    internal ProgressEvent ToEvent() => new()
    {
        Stage = Stage,
        Fraction = Fraction,
        StageFraction = StageFraction,
        Current = Current,
        Total = Total,
        Unit = Unit,
        Message = Message,
        Estimated = Estimated,
        Stalled = Stalled,
        Eta = Eta,
    };
}
