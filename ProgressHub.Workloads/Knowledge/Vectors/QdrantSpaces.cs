using System.Globalization;
using ProgressHub.Core.Workloads;
using Qdrant.Client.Grpc;

namespace ProgressHub.Workloads.Knowledge.Vectors;

/// <summary>
/// The collections of a Qdrant server that hold our spaces: finds them, makes them, writes to them, and moves over what an
/// earlier release kept elsewhere.
/// </summary>
internal sealed class QdrantSpaces(QdrantOptions options, QdrantConnection qdrant)
{
    // Requests stay well below what a server takes (32 MB unless it was set otherwise).
    private const int BytesAtOnce = 4 * 1024 * 1024;
    private const int MostPointsAtOnce = 500;
    private const string ModelField = "model";

    /// <summary>Earlier releases kept all spaces of a number of dimensions in one collection, told apart by this field.</summary>
    private const string TenantField = "collection";

    /// <summary>The name of the collection that holds a space.</summary>
    public string NameOf(VectorSpace space) => Named($"{space.Collection}_{space.Dimensions}");

    /// <summary>Whether a space is there. One that an earlier release left in a shared collection is moved over first.</summary>
    /// <exception cref="WorkloadException"><c>dimension_mismatch</c>: its vectors have another length than ours.</exception>
    public async Task<bool> FindAsync(VectorSpace space, CancellationToken cancellationToken)
    {
        await MoveOverAsync(space, cancellationToken);
        if (!await ExistsAsync(NameOf(space), cancellationToken))
            return false;
        await ReadAsync(space, cancellationToken);
        return true;
    }

    /// <summary>Makes a space where it is not there, and writes down what makes its vectors.</summary>
    /// <inheritdoc cref="FindAsync" path="/exception"/>
    public async Task MakeAsync(VectorSpace space, CancellationToken cancellationToken)
    {
        if (!await FindAsync(space, cancellationToken))
        {
            await CreateAsync(space, cancellationToken);
            return;
        }

        if (space.Model is null || (await ReadAsync(space, cancellationToken)).Config.Metadata.GetValueOrDefault(ModelField)?.StringValue == space.Model)
            return;
        var update = new UpdateCollection { CollectionName = NameOf(space), Metadata = { [ModelField] = space.Model } };
        await qdrant.AskAsync(
            (client, token) => client.UpdateCollectionAsync(
                update.CollectionName, new Dictionary<string, Value>(update.Metadata), cancellationToken: token),
            cancellationToken);
    }

    /// <summary>Writes points, as many at once as a server takes. Returns once they are durable.</summary>
    public async Task WriteAsync(VectorSpace space, IReadOnlyList<PointStruct> points, CancellationToken cancellationToken)
    {
        var atOnce = Math.Clamp(BytesAtOnce / ((space.Dimensions * sizeof(float)) + 64), 1, MostPointsAtOnce);
        foreach (var some in points.Chunk(atOnce))
            await qdrant.AskAsync((client, token) => client.UpsertAsync(NameOf(space), some, wait: true, cancellationToken: token), cancellationToken);
    }

    private string Named(string rest) => string.Create(CultureInfo.InvariantCulture, $"{options.CollectionPrefix}{rest}");

    private Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) =>
        qdrant.AskAsync((client, token) => client.CollectionExistsAsync(name, token), cancellationToken);

    private async Task<CollectionInfo> ReadAsync(VectorSpace space, CancellationToken cancellationToken)
    {
        var info = await qdrant.AskAsync((client, token) => client.GetCollectionInfoAsync(NameOf(space), token), cancellationToken);
        var size = info.Config?.Params?.VectorsConfig?.Params?.Size
            ?? throw QdrantFault.Unreadable($"the collection {NameOf(space)} has no plain vectors");
        return size == (ulong)space.Dimensions ? info : throw new WorkloadException(
            "dimension_mismatch",
            $"The vectors of Qdrant's collection {NameOf(space)} have {size} dimensions, ours have {space.Dimensions}.");
    }

    private async Task CreateAsync(VectorSpace space, CancellationToken cancellationToken)
    {
        var create = new CreateCollection
        {
            CollectionName = NameOf(space),
            VectorsConfig = new VectorsConfig { Params = new VectorParams { Size = (ulong)space.Dimensions, Distance = Distance.Cosine } },
        };
        if (space.Model is { } model)
            create.Metadata[ModelField] = model;
        try
        {
            await qdrant.AskAsync((client, token) => client.CreateCollectionAsync(create, token), cancellationToken);
        }
        catch (WorkloadException)
        {
            // Another server may have been quicker: then it is there, which is all that is asked for.
            if (!await ExistsAsync(NameOf(space), cancellationToken))
                throw;
        }
    }

    /// <summary>
    /// Moves a space out of the collection that an earlier release shared among all of its number of dimensions. What is
    /// moved is written before it is deleted, so that it may be cut off anywhere and goes on the next time.
    /// </summary>
    private async Task MoveOverAsync(VectorSpace space, CancellationToken cancellationToken)
    {
        var shared = Named($"{space.Dimensions}");
        if (!await ExistsAsync(shared, cancellationToken))
            return;
        var ours = new Filter { Must = { Conditions.MatchKeyword(TenantField, space.Collection) } };
        while (await PageAsync(shared, ours, cancellationToken) is { Count: > 0 } page)
        {
            if (!await ExistsAsync(NameOf(space), cancellationToken))
                await CreateAsync(space, cancellationToken);
            await WriteAsync(space, [.. page.Select(Moved)], cancellationToken);
            PointId[] ids = [.. page.Select(point => point.Id)];
            await qdrant.AskAsync((client, token) => client.DeleteAsync(shared, ids, wait: true, cancellationToken: token), cancellationToken);
        }
    }

    private async Task<IReadOnlyList<RetrievedPoint>> PageAsync(string name, Filter filter, CancellationToken cancellationToken)
    {
        var page = await qdrant.AskAsync(
            (client, token) => client.ScrollAsync(
                name, filter, limit: MostPointsAtOnce, payloadSelector: false, vectorsSelector: true, cancellationToken: token),
            cancellationToken);
        return page.Result;
    }

    private static PointStruct Moved(RetrievedPoint point) => new()
    {
        Id = point.Id,
#pragma warning disable CS0612 // Servers before 1.16 tell vectors in this field, and so does the client's own documentation.
        Vectors = point.Vectors.Vector.Dense is { } dense ? dense.Data.ToArray() : point.Vectors.Vector.Data.ToArray(),
#pragma warning restore CS0612
    };
}
