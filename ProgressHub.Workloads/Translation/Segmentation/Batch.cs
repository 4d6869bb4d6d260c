namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>Pieces that go to an engine together; the next batch begins where this one ends.</summary>
/// <param name="Index">Its place, from 0.</param>
/// <param name="Span">Where it is in the source.</param>
/// <param name="Pieces">What it is made of, without a gap.</param>
internal sealed record Batch(int Index, Span Span, IReadOnlyList<Piece> Pieces)
{
    /// <summary>Its untranslated text.</summary>
    public string Source(string text) => text[Span.Start..Span.End];
}
