namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>A stretch of the source text. All cutting is done on stretches, so that nothing can be lost or added.</summary>
internal readonly record struct Span(int Start, int End)
{
    public int Length => End - Start;

    public bool IsEmpty => End <= Start;

    public bool Contains(int position) => position > Start && position < End;

    public ReadOnlySpan<char> Of(string text) => text.AsSpan(Start, Length);

    public override string ToString() => $"{Start}..{End}";
}
