namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>How the text of a section is laid out, which decides where it may be cut.</summary>
internal enum SectionKind
{
    /// <summary>Sentences; paragraphs are set apart by an empty line.</summary>
    Prose,

    /// <summary>Lines that mean something each, such as those of a log or a program: cut at their ends alone.</summary>
    Lines,

    /// <summary>A stretch of code within a text, kept whole where it is not very long.</summary>
    Code,

    /// <summary>A row a line; <see cref="Section.Header"/> is repeated above the rows of each passage.</summary>
    Table,
}

/// <summary>A stretch of a document under one heading, laid out in one way.</summary>
/// <param name="Heading">The heading; null before the first.</param>
/// <param name="Text">The text.</param>
internal sealed record Section(string? Heading, string Text)
{
    public SectionKind Kind { get; init; }

    /// <summary>Of a table: its first row, which names the columns.</summary>
    public string? Header { get; init; }

    /// <summary>The page or slide it stands on, from 1; null where there are none.</summary>
    public int? Page { get; init; }

    /// <summary>The line of the file, or the row of the sheet, in which its text begins, from 1; null where that means nothing.</summary>
    public int? Line { get; init; }

    /// <summary>The same without what is blank at its ends.</summary>
    public Section Trimmed()
    {
        var start = 0;
        while (start < Text.Length && char.IsWhiteSpace(Text[start]))
            start++;

        // The indentation of the first line belongs to it, where lines are kept.
        if (Kind is SectionKind.Lines or SectionKind.Code)
            start = start == 0 ? 0 : Text.LastIndexOf('\n', start - 1) + 1;
        var text = Text[start..].TrimEnd();
        return this with { Text = text, Line = Line + Text.AsSpan(0, start).Count('\n') };
    }
}
