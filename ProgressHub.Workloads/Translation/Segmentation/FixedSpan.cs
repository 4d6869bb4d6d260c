namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>Why a stretch within a translatable piece is not the engine's to change.</summary>
internal enum FixedKind
{
    /// <summary>A placeholder, an address, a tag, code: it may move with the words around it.</summary>
    Atom,

    /// <summary>Markup that opens or closes something: it keeps its order among its like.</summary>
    Markup,

    /// <summary>A line break within a sentence, with the indentation or the quote marks that belong to it.</summary>
    Break,
}

/// <summary>A stretch that comes through translation unchanged.</summary>
internal readonly record struct FixedSpan(Span Span, FixedKind Kind);
