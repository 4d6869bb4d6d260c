using Google.Protobuf;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Qdrant.Client.Grpc;

namespace ProgressHub.Tests.Support;

/// <summary>Qdrant's client brings its messages and no server: the calls that are served are bound here.</summary>
internal sealed class QdrantMethods : IServiceMethodProvider<QdrantStand>
{
    public void OnServiceMethodDiscovery(ServiceMethodProviderContext<QdrantStand> context)
    {
        Add<ListCollectionsRequest, ListCollectionsResponse>(context, "Collections", "List", static (s, _) => s.List());
        Add<CollectionExistsRequest, CollectionExistsResponse>(context, "Collections", "CollectionExists", static (s, r) => s.Exists(r));
        Add<GetCollectionInfoRequest, GetCollectionInfoResponse>(context, "Collections", "Get", static (s, r) => s.Info(r));
        Add<CreateCollection, CollectionOperationResponse>(context, "Collections", "Create", static (s, r) => s.Create(r));
        Add<UpdateCollection, CollectionOperationResponse>(context, "Collections", "Update", static (s, r) => s.Update(r));
        Add<DeleteCollection, CollectionOperationResponse>(context, "Collections", "Delete", static (s, r) => s.Drop(r));
        Add<UpsertPoints, PointsOperationResponse>(context, "Points", "Upsert", static (s, r) => s.Upsert(r));
        Add<DeletePoints, PointsOperationResponse>(context, "Points", "Delete", static (s, r) => s.Delete(r));
        Add<QueryPoints, QueryResponse>(context, "Points", "Query", static (s, r) => s.Query(r));
        Add<ScrollPoints, ScrollResponse>(context, "Points", "Scroll", static (s, r) => s.Scroll(r));
        Add<CountPoints, CountResponse>(context, "Points", "Count", static (s, r) => s.Count(r));
    }

    private static void Add<TRequest, TResponse>(
        ServiceMethodProviderContext<QdrantStand> context, string service, string name, Func<QdrantStand, TRequest, TResponse> serve)
        where TRequest : class, IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new() => context.AddUnaryMethod(
            new Method<TRequest, TResponse>(MethodType.Unary, $"qdrant.{service}", name, Wire<TRequest>(), Wire<TResponse>()),
            metadata: [],
            (stand, request, _) =>
            {
                lock (stand)
                    return Task.FromResult(serve(stand, request));
            });

    private static Marshaller<T> Wire<T>()
        where T : class, IMessage<T>, new()
    {
        var parser = new MessageParser<T>(() => new T());
        return Marshallers.Create(
            (message, context) => context.Complete(message.ToByteArray()), context => parser.ParseFrom(context.PayloadAsReadOnlySequence()));
    }
}
