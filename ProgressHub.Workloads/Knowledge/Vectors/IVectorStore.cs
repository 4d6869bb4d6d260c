using System.Globalization;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Knowledge.Indexing;

namespace ProgressHub.Workloads.Knowledge.Vectors;

/// <summary>Where vectors are kept and compared. Safe to use from any thread.</summary>
internal interface IVectorStore
{
    /// <summary>Its name for a person and in the API, such as <c>embedded</c>.</summary>
    string Id { get; }

    /// <summary>Keeps vectors of length 1; those of the same id are replaced. Returns once they are durable.</summary>
    /// <exception cref="WorkloadException">
    /// <c>dimension_mismatch</c>: a vector is longer or shorter than its space; or a remote store can't be used.
    /// </exception>
    /// <exception cref="Core.Jobs.StorageUnavailableException">The files of this machine can't be used now.</exception>
    Task UpsertAsync(VectorSpace space, IReadOnlyList<VectorPoint> points, CancellationToken cancellationToken);

    /// <summary>Forgets vectors; ids that are not there are passed over.</summary>
    Task DeleteAsync(VectorSpace space, IReadOnlyCollection<long> ids, CancellationToken cancellationToken);

    /// <summary>The vectors nearest to a query by cosine, best first: exact or as near as the store comes.</summary>
    /// <param name="space">Where to look.</param>
    /// <param name="query">A vector of length 1.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="within">The only ids that count; null for all.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<IReadOnlyList<Scored>> SearchAsync(
        VectorSpace space, ReadOnlyMemory<float> query, int limit, IReadOnlySet<long>? within, CancellationToken cancellationToken);

    /// <summary>The ids of a space, in no order.</summary>
    Task<IReadOnlySet<long>> ReadIdsAsync(VectorSpace space, CancellationToken cancellationToken);

    /// <summary>Makes sure that searches find what other nodes have kept and forgotten until now.</summary>
    Task RefreshAsync(VectorSpace space, CancellationToken cancellationToken);

    /// <summary>Forgets a whole space; one that is not there is none to forget.</summary>
    Task DropAsync(VectorSpace space, CancellationToken cancellationToken);
}

/// <summary>The vectors of one collection.</summary>
/// <param name="Collection">The collection; an identifier.</param>
/// <param name="Dimensions">How long its vectors are.</param>
internal sealed record VectorSpace(string Collection, int Dimensions)
{
    /// <summary>What makes its vectors, such as <c>hashed-2</c>: written down where the store can; null where the caller does not say.</summary>
    public string? Model { get; init; }

    /// <summary>What it is called where it is kept.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{Collection}-{Dimensions}");

    /// <summary>Whether both are the same place; what is said of its model does not make it another one.</summary>
    public bool Equals(VectorSpace? other) => other is not null && Collection == other.Collection && Dimensions == other.Dimensions;

    public override int GetHashCode() => HashCode.Combine(Collection, Dimensions);

    /// <summary>Makes sure that a vector fits.</summary>
    /// <exception cref="WorkloadException"><c>dimension_mismatch</c>.</exception>
    public void Require(int dimensions)
    {
        if (dimensions != Dimensions)
        {
            throw new WorkloadException(
                "dimension_mismatch", $"The collection's vectors have {Dimensions} dimensions, this one has {dimensions}.");
        }
    }
}

/// <summary>A vector and whose it is.</summary>
/// <param name="Id">The passage, from 1.</param>
/// <param name="Vector">Of length 1.</param>
internal readonly record struct VectorPoint(long Id, float[] Vector);
