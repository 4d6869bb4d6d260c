namespace ProgressHub.Workloads.Analysis.Planning.Language;

/// <summary>What a word of a question is.</summary>
internal enum WordKind
{
    /// <summary>A word.</summary>
    Word,

    /// <summary>Letters with digits, such as SO-10457 or A5.</summary>
    Code,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A day or a month in figures, such as 2024-03-01.</summary>
    Date,

    /// <summary>An operator, a comparison sign, a bracket or a currency sign.</summary>
    Sign,

    /// <summary>A comma or semicolon.</summary>
    Comma,

    /// <summary>The end of a sentence.</summary>
    Stop,

    /// <summary>Something in quotes.</summary>
    Quoted,
}
