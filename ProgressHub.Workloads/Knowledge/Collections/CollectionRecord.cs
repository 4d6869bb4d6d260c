using System.Globalization;
using System.Text;
using ProgressHub.Workloads.Knowledge.Vectors;

namespace ProgressHub.Workloads.Knowledge.Collections;

/// <summary>A collection as it is stored.</summary>
internal sealed record CollectionRecord(
    string Id, string Owner, string Name, string? Description, string Embedding, long? Dimensions, long CreatedAt, long Generation = 0,
    long Version = 0)
{
    /// <summary>Its vectors; null before the first of them.</summary>
    public VectorSpace? Space => Dimensions is { } dimensions ? SpaceOf(Id, Generation, dimensions) : null;

    /// <summary>Vectors of a collection. The first ones have its name, as earlier releases called them.</summary>
    public static VectorSpace SpaceOf(string id, long generation, long dimensions) => new(
        generation == 0 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}.{generation}"), (int)dimensions);
}

/// <summary>What came of a change of a collection's documents.</summary>
/// <param name="Gone">The passages that are no more.</param>
/// <param name="Version">The collection's version by this change.</param>
internal sealed record DocumentChange(IReadOnlyList<long> Gone, long Version);

internal sealed record CountsRow(long Documents, long Passages, long UpdatedAt);

internal sealed record DocumentRow(string Id, string Title, string Attributes, long Passages, long UpdatedAt);

internal sealed record PassageRow(
    long Id, string DocumentId, string Title, string Attributes, long Ordinal, string? Heading, string Text, long? Page, long? Line);

/// <summary>What a document that is taken in consists of.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Attributes">Its attributes.</param>
/// <param name="Hash">Tells whether it has changed.</param>
/// <param name="Passages">Its passages, with the ids their vectors have.</param>
internal sealed record DocumentWrite(
    string Id, string Title, IReadOnlyDictionary<string, string> Attributes, string Hash, IReadOnlyList<Passage> Passages)
{
    /// <summary>How many bytes of text it has, with its title, its headings and its attributes.</summary>
    public long Bytes { get; } = Utf8(Title) + Utf8(DocumentStore.WriteAttributes(Attributes)) + Passages.Sum(passage => Utf8(passage.Text) + Utf8(passage.Heading));

    private static long Utf8(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}

/// <summary>What is known of a document that is there.</summary>
/// <param name="Hash">Tells whether it has changed.</param>
/// <param name="Bytes">How many bytes of text it has.</param>
/// <param name="Passages">How many passages it was cut into.</param>
internal sealed record KeptDocument(string Hash, long Bytes, long Passages);
