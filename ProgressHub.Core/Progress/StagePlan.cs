namespace ProgressHub.Core.Progress;

/// <summary>A named part of an attempt.</summary>
/// <param name="Name">A short identifier, such as <c>translating</c>.</param>
/// <param name="Label">What a person reads.</param>
/// <param name="Weight">Its share of the work; weights are relative and need not add up to anything.</param>
public sealed record Stage(string Name, string Label, double Weight)
{
    /// <summary>
    /// Whether how long it takes says something about later jobs; not where it is somebody else who is slow, as with an
    /// upload.
    /// </summary>
    public bool Learned { get; init; } = true;

    /// <summary>How long it takes, where nothing was learned yet; null where that can't be said.</summary>
    public TimeSpan? Expected { get; init; }

    /// <summary>
    /// What it depends on how quick it is, such as a model on another machine; null for this machine. Where a stage takes twice
    /// as long as <see cref="Expected"/>, those that depend on the same are taken to do so too, and others are not.
    /// </summary>
    public string? Resource { get; init; }
}

/// <summary>
/// The stages a workload goes through, in order, with their shares of the whole, so that the overall fraction is
/// computed and never guessed.
/// </summary>
public sealed class StagePlan
{
    private readonly double[] _starts;

    /// <summary>Declares the stages.</summary>
    /// <exception cref="ArgumentException">There is none, two share a name, or a weight is not a positive number.</exception>
    public StagePlan(params IReadOnlyList<Stage> stages)
    {
        if (stages.Count == 0)
            throw new ArgumentException("A plan has at least one stage.", nameof(stages));
        if (stages.DistinctBy(s => s.Name).Count() != stages.Count)
            throw new ArgumentException("Stages have different names.", nameof(stages));
        if (stages.Any(s => !double.IsFinite(s.Weight) || s.Weight <= 0) || !double.IsFinite(stages.Sum(s => s.Weight)))
            throw new ArgumentException("A stage's weight is a positive number, and so is their sum.", nameof(stages));

        var sum = stages.Sum(s => s.Weight);
        Stages = [.. stages.Select(s => s with { Weight = s.Weight / sum })];
        _starts = new double[stages.Count + 1];
        for (var i = 0; i < stages.Count; i++)
            _starts[i + 1] = _starts[i] + Stages[i].Weight;
    }

    /// <summary>
    /// Whether the overall fraction keeps to the declared weights. Else weights are where it begins: as the stages show how
    /// long they take, it becomes the share of the time.
    /// </summary>
    public bool IsFixed { get; init; }

    /// <summary>The stages, their weights now adding up to 1.</summary>
    public IReadOnlyList<Stage> Stages { get; }

    /// <summary>The place of a stage, from 0.</summary>
    /// <exception cref="ArgumentException">The plan has no such stage.</exception>
    public int IndexOf(string name)
    {
        for (var i = 0; i < Stages.Count; i++)
        {
            if (Stages[i].Name == name)
                return i;
        }

        throw new ArgumentException($"The plan has no stage '{name}'; it has {string.Join(", ", Stages.Select(s => s.Name))}.");
    }

    /// <summary>The overall fraction, 0..1, at a share of a stage.</summary>
    /// <param name="stage">The place of the stage, from 0.</param>
    /// <param name="stageFraction">How much of it is done, 0..1.</param>
    public double FractionAt(int stage, double stageFraction) =>
        _starts[stage] + (Stages[stage].Weight * stageFraction);
}
