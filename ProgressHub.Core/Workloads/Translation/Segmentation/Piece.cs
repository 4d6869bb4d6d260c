namespace ProgressHub.Core.Workloads.Translation.Segmentation;

/// <summary>A stretch of the source that is either translated as a whole or kept as it is.</summary>
/// <param name="Span">Where it is.</param>
/// <param name="Translate">Whether an engine sees it.</param>
internal sealed record Piece(Span Span, bool Translate)
{
    /// <summary>Whether something begins here that is best kept together: a paragraph, a cue, a list item.</summary>
    public bool StartsBlock { get; init; }

    /// <summary>What the format fixes within it, in order and without overlap.</summary>
    public IReadOnlyList<FixedSpan> Fixed { get; init; } = [];
}
