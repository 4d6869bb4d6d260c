namespace ProgressHub.Workloads.Knowledge.Collections;

/// <summary>Documents that are searched together.</summary>
/// <param name="Id">32 lower-case hexadecimal digits; a bundled one has a name, such as <c>guan_yu</c>.</param>
/// <param name="Name">What a person calls it.</param>
/// <param name="Description">What it is about; null for nothing said.</param>
/// <param name="Embedding">What makes its vectors, such as <c>minilm-1</c>: its name and version, or <c>openai/</c> and the model.</param>
/// <param name="ReadOnly">Whether it comes with the server: everybody may ask it, nobody may change it.</param>
/// <param name="Documents">How many documents it has.</param>
/// <param name="Passages">How many passages they were cut into.</param>
/// <param name="CreatedAt">When it was made; null for a bundled one.</param>
/// <param name="UpdatedAt">When the newest of its documents was taken in; null for an empty or a bundled one.</param>
public sealed record Collection(
    string Id, string Name, string? Description, string Embedding, bool ReadOnly, long Documents, long Passages,
    DateTimeOffset? CreatedAt, DateTimeOffset? UpdatedAt = null)
{
    /// <summary>How many numbers each of its vectors has; null before the first of them.</summary>
    public long? Dimensions { get; init; }

    /// <summary>
    /// What it can be made anew with, so that more is found; null where there is nothing better on this server. A job of
    /// kind <c>rebuild</c> does it.
    /// </summary>
    public string? Better { get; init; }
}

/// <summary>A document of a collection.</summary>
/// <param name="Id">Its identity within the collection: the same id again replaces it.</param>
/// <param name="Title">What a person calls it.</param>
/// <param name="Attributes">What else is known of it, such as <c>number</c>.</param>
/// <param name="Passages">How many passages it was cut into.</param>
/// <param name="UpdatedAt">When it was last taken in; null for a bundled one.</param>
public sealed record CollectionDocument(
    string Id, string Title, IReadOnlyDictionary<string, string> Attributes, long Passages, DateTimeOffset? UpdatedAt);

/// <summary>A piece of a document, as it is found and quoted.</summary>
/// <param name="Id">Its identity; a document that is taken in again has new ones.</param>
/// <param name="DocumentId">Its document.</param>
/// <param name="Title">The document's title.</param>
/// <param name="Heading">What it stands under; null for nothing.</param>
/// <param name="Text">Its text: data, never instructions or markup.</param>
/// <param name="Ordinal">Its place in the document, from 0.</param>
/// <param name="Attributes">The document's attributes.</param>
public sealed record Passage(
    long Id, string DocumentId, string Title, string? Heading, string Text, long Ordinal,
    IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>The page or slide it stands on, from 1; null where its document has none.</summary>
    public int? Page { get; init; }

    /// <summary>The line of the file, or the row of the sheet, in which it begins, from 1; null where that means nothing.</summary>
    public int? Line { get; init; }

    /// <summary>What it is found by: its text below all that names it.</summary>
    internal string Searchable => string.Join('\n', new[] { Title, Heading == Title ? null : Heading, Text }.OfType<string>());
}
