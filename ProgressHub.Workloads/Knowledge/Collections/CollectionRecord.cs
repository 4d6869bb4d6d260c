using System.Globalization;
using ProgressHub.Workloads.Knowledge.Vectors;

namespace ProgressHub.Workloads.Knowledge.Collections;

/// <summary>A collection as it is stored.</summary>
internal sealed record CollectionRecord(
    string Id, string Owner, string Name, string? Description, string Embedding, long? Dimensions, long CreatedAt, long Generation = 0)
{
    /// <summary>Its vectors; null before the first of them.</summary>
    public VectorSpace? Space => Dimensions is { } dimensions ? SpaceOf(Id, Generation, dimensions) : null;

    /// <summary>Vectors of a collection. The first ones have its name, as earlier releases called them.</summary>
    public static VectorSpace SpaceOf(string id, long generation, long dimensions) => new(
        generation == 0 ? id : string.Create(CultureInfo.InvariantCulture, $"{id}.{generation}"), (int)dimensions);
}

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
    string Id, string Title, IReadOnlyDictionary<string, string> Attributes, string Hash, IReadOnlyList<Passage> Passages);
