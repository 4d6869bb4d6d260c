using Grpc.Core;
using Qdrant.Client.Grpc;

namespace ProgressHub.Tests.Support;

/// <summary>What the stand-in for Qdrant holds, and how it answers.</summary>
internal sealed class QdrantStand
{
    private readonly SortedDictionary<string, Held> _collections = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _collections.Keys;

    /// <summary>What a collection says of itself.</summary>
    public IReadOnlyDictionary<string, Value> MetadataOf(string name) => Find(name).Create.Metadata;

    /// <summary>Loses everything, as a server with a new disk.</summary>
    public void Clear() => _collections.Clear();

    public ListCollectionsResponse List() =>
        new() { Collections = { Names.Select(name => new CollectionDescription { Name = name }) } };

    public CollectionExistsResponse Exists(CollectionExistsRequest request) =>
        new() { Result = new CollectionExists { Exists = _collections.ContainsKey(request.CollectionName) } };

    public GetCollectionInfoResponse Info(GetCollectionInfoRequest request)
    {
        var held = Find(request.CollectionName);
        return new GetCollectionInfoResponse
        {
            Result = new CollectionInfo
            {
                Status = CollectionStatus.Green,
                PointsCount = (ulong)held.Points.Count,
                Config = new CollectionConfig
                {
                    Params = new CollectionParams { VectorsConfig = held.Create.VectorsConfig }, Metadata = { held.Create.Metadata },
                },
            },
        };
    }

    public CollectionOperationResponse Create(CreateCollection request)
    {
        if (request.VectorsConfig?.Params is not { Size: > 0, Distance: Distance.Cosine })
            throw Refused(StatusCode.InvalidArgument, "Validation error in body: vectors_config");
        return _collections.TryAdd(request.CollectionName, new Held(request))
            ? new CollectionOperationResponse { Result = true }
            : throw Refused(StatusCode.AlreadyExists, $"Wrong input: Collection `{request.CollectionName}` already exists!");
    }

    public CollectionOperationResponse Update(UpdateCollection request)
    {
        foreach (var (key, value) in request.Metadata)
            Find(request.CollectionName).Create.Metadata[key] = value;
        return new CollectionOperationResponse { Result = true };
    }

    public CollectionOperationResponse Drop(DeleteCollection request) => new() { Result = _collections.Remove(request.CollectionName) };

    public PointsOperationResponse Upsert(UpsertPoints request)
    {
        var held = Find(request.CollectionName);
        foreach (var point in request.Points)
            held.Points[point.Id.Num] = new HeldPoint(held.Vector([.. point.Vectors.Vector.Dense.Data]), point.Payload.ToDictionary());
        return held.Done();
    }

    public PointsOperationResponse Delete(DeletePoints request)
    {
        var held = Find(request.CollectionName);
        List<ulong> ids = request.Points.Points is { } chosen
            ? [.. chosen.Ids.Select(id => id.Num)]
            : [.. held.Matching(request.Points.Filter).Select(p => p.Key)];
        foreach (var id in ids)
            held.Points.Remove(id);
        return held.Done();
    }

    public CountResponse Count(CountPoints request) =>
        new() { Result = new CountResult { Count = (ulong)Find(request.CollectionName).Matching(request.Filter).Count() } };

    public QueryResponse Query(QueryPoints request)
    {
        var held = Find(request.CollectionName);
        var query = held.Vector([.. request.Query.Nearest.Dense.Data]);
        var hits = held.Matching(request.Filter)
            .Select(p => (p.Key, p.Value, Score: p.Value.Vector.Zip(query, (a, b) => a * b).Sum()))
            .Where(hit => !request.HasScoreThreshold || hit.Score >= request.ScoreThreshold)
            .OrderByDescending(hit => hit.Score).ThenBy(hit => hit.Key).Take(request.HasLimit ? (int)request.Limit : 10);
        var answer = new QueryResponse();
        foreach (var (id, point, score) in hits)
        {
            var scored = new ScoredPoint { Id = id, Score = score };
            if (request.WithPayload?.Enable == true)
                scored.Payload.Add(point.Payload);
            answer.Result.Add(scored);
        }

        return answer;
    }

    public ScrollResponse Scroll(ScrollPoints request)
    {
        var limit = request.HasLimit ? (int)request.Limit : 10;
        var page = Find(request.CollectionName).Matching(request.Filter)
            .Where(p => p.Key >= (request.Offset?.Num ?? 0)).Take(limit + 1).ToList();
        var answer = new ScrollResponse { NextPageOffset = page.Count > limit ? page[limit].Key : null };
        foreach (var (id, point) in page.Take(limit))
        {
            var shown = new RetrievedPoint { Id = id };
            if (request.WithPayload?.Enable != false)
                shown.Payload.Add(point.Payload);
            if (request.WithVectors?.Enable == true)
                shown.Vectors = new VectorsOutput { Vector = new VectorOutput { Dense = new DenseVector { Data = { point.Vector } } } };
            answer.Result.Add(shown);
        }

        return answer;
    }

    private Held Find(string name) => _collections.TryGetValue(name, out var held)
        ? held
        : throw Refused(StatusCode.NotFound, $"Not found: Collection `{name}` doesn't exist!");

    private static RpcException Refused(StatusCode code, string detail) => new(new Status(code, detail));

    private sealed record HeldPoint(float[] Vector, Dictionary<string, Value> Payload);

    private sealed class Held(CreateCollection create)
    {
        private ulong _operations;

        public CreateCollection Create => create;

        public SortedDictionary<ulong, HeldPoint> Points { get; } = [];

        public PointsOperationResponse Done() =>
            new() { Result = new UpdateResult { OperationId = _operations++, Status = UpdateStatus.Completed } };

        public IEnumerable<KeyValuePair<ulong, HeldPoint>> Matching(Filter? filter) =>
            Points.Where(p => filter is null || filter.Must.All(condition => condition.HasId is { } ids
                ? ids.HasId.Any(id => id.Num == p.Key)
                : p.Value.Payload.GetValueOrDefault(condition.Field.Key)?.StringValue == condition.Field.Match.Keyword));

        /// <summary>Cosine: vectors are brought to length 1, as the real one does.</summary>
        public float[] Vector(float[] vector)
        {
            var size = (int)create.VectorsConfig.Params.Size;
            if (vector.Length != size)
                throw Refused(StatusCode.InvalidArgument, $"Wrong input: Vector dimension error: expected dim: {size}, got {vector.Length}");
            var norm = MathF.Sqrt(vector.Sum(v => v * v));
            return norm > 0 ? [.. vector.Select(v => v / norm)] : vector;
        }
    }
}
