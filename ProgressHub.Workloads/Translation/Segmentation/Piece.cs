namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>A stretch of the source that is either translated as a whole or kept as it is.</summary>
/// <param name="Span">Where it is.</param>
/// <param name="Translate">Whether an engine sees it.</param>
internal sealed record Piece(Span Span, bool Translate)
{
    /// <summary>Whether something begins here that is best kept together: a paragraph, a cue, a list item.</summary>
    public bool StartsBlock { get; init; }

    /// <summary>What the format fixes within it, in order and without overlap; of an escaped piece, where it must not be cut.</summary>
    public IReadOnlyList<FixedSpan> Fixed { get; init; } = [];

    /// <summary>How its words are written; null where they stand plainly.</summary>
    public Escaping? Escaping { get; init; }

    /// <summary>The words to translate, where they stand elsewhere than their translation: a PO catalogue's <c>msgid</c>.</summary>
    public string? Words { get; init; }

    /// <summary>How much an engine is given of it, in characters.</summary>
    public int Length => Words?.Length ?? Span.Length;

    /// <summary>The piece as plain words: the text it is then a part of, and where in it.</summary>
    public (string Text, Piece Piece) Plain(string source)
    {
        if (Escaping is null)
            return (source, this);
        var words = Words ?? Escaping.Read(source[Span.Start..Span.End]) ?? "";
        return (words, new Piece(new Span(0, words.Length), Translate: true));
    }
}
