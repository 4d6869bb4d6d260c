using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Files;
using ProgressHub.Core.Sql;
using ProgressHub.Core.Sqlite;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Knowledge.Ask;
using ProgressHub.Workloads.Knowledge.Collections;
using ProgressHub.Workloads.Knowledge.Documents;
using ProgressHub.Workloads.Knowledge.Embedding;
using ProgressHub.Workloads.Knowledge.Ingest;
using ProgressHub.Workloads.Knowledge.Rebuild;
using ProgressHub.Workloads.Knowledge.Retrieval;
using ProgressHub.Workloads.Knowledge.Vectors;
using ProgressHub.Workloads.Workers;

namespace ProgressHub.Workloads.Knowledge;

/// <summary>Registers collections of documents and the questions over them.</summary>
public static class KnowledgeRegistration
{
    /// <summary>Adds the kinds <c>ingest</c>, <c>rebuild</c> and <c>ask</c>, and <see cref="KnowledgeLibrary"/>.</summary>
    public static IServiceCollection AddKnowledge(this IServiceCollection services)
    {
        services.AddInference();
        services.AddWorkers();
        services.AddOptionsWithValidateOnStart<KnowledgeOptions>()
            .BindConfiguration(KnowledgeOptions.Section).ValidateDataAnnotations()
            .PostConfigure<DataDirectory>(static (options, data) => options.Directory ??= data.Below("knowledge"));
        services.AddOptionsWithValidateOnStart<QdrantOptions>()
            .BindConfiguration(QdrantOptions.Section)
            .Validate(o => o.HasValidEndpoint, "Knowledge:Qdrant:Endpoint is an absolute http or https address.");

        services.AddOptionsWithValidateOnStart<MiniLmOptions>()
            .BindConfiguration(MiniLmOptions.Section).ValidateDataAnnotations();

        services.AddSingleton<HashedEmbedder>();
        services.AddSingleton<MiniLm>();
        services.AddSingleton<IMeanings, MiniLmMeanings>();
        services.AddSingleton<MiniLmEmbedder>();
        services.AddSingleton<Embedders>();
        services.AddSingleton(OpenDatabase);
        services.AddDatabaseStart(static provider => provider.GetRequiredService<KnowledgeDatabase>().Database);
        services.AddSingleton<IOwnedStorage, OwnedDocuments>();
        services.AddSingleton<DocumentFiles>();
        services.AddSingleton(Vectors);
        services.AddSingleton<OpenCollections>();
        services.AddSingleton<CollectionWriters>();
        services.AddSingleton<BundledCollections>();
        services.AddSingleton<CollectionAccess>();
        services.AddSingleton<Retriever>();
        services.AddSingleton(provider => new KnowledgeLibrary(
            provider.GetRequiredService<CollectionAccess>(), provider.GetRequiredService<KnowledgeDatabase>(),
            provider.GetRequiredService<OpenCollections>(), provider.GetRequiredService<Embedders>(),
            provider.GetRequiredService<Retriever>(), provider.GetRequiredService<IOptions<KnowledgeOptions>>()));

        services.AddSingleton<IAnswerer, ExtractiveAnswerer>();
        services.AddSingleton<IAnswerer>(provider => Chat(provider, "openai"));
        services.AddSingleton<IAnswerer>(provider => Chat(provider, "anthropic"));
        return services.AddWorkload<IngestWorkload>().AddWorkload<RebuildWorkload>().AddWorkload<AskWorkload>();
    }

    private static KnowledgeDatabase OpenDatabase(IServiceProvider provider)
    {
        var (time, logger) = (provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<KnowledgeDatabase>>());
        return KnowledgeDatabase.Shared(provider.GetService<SharedDatabase>(), time, logger) ?? new KnowledgeDatabase(
            Directory(provider), time, logger, Room(provider), provider.GetRequiredService<DataDirectory>().AcceptDataLoss);
    }

    private static DiskRoom? Room(IServiceProvider provider) => provider.GetService<DataDirectory>() is { } data
        ? new DiskRoom(Directory(provider), data.KeepFreeBytes, provider.GetRequiredService<TimeProvider>())
        : null;

    private static string Directory(IServiceProvider provider) =>
        Path.GetFullPath(provider.GetRequiredService<IOptions<KnowledgeOptions>>().Value.Directory!);

    private static IVectorStore Vectors(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<QdrantOptions>>().Value is { Endpoint: not null } qdrant
            ? new QdrantVectorStore(
                qdrant, new QdrantConnection(
                    qdrant, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<QdrantConnection>>()))
            : provider.GetRequiredService<KnowledgeDatabase>() is { IsShared: true } database
                ? new SharedVectorStore(database.Sql, Embedded(provider, EmptyCache(provider)))
                : Embedded(provider, Path.Combine(Directory(provider), "vectors"));

    private static EmbeddedVectorStore Embedded(IServiceProvider provider, string directory) =>
        new(directory, provider.GetRequiredService<ILogger<EmbeddedVectorStore>>());

    // What an earlier run has left may be of collections that are gone.
    private static string EmptyCache(IServiceProvider provider)
    {
        var directory = Path.Combine(Directory(provider), "vector-cache");
        if (System.IO.Directory.Exists(directory))
            System.IO.Directory.Delete(directory, recursive: true);
        return directory;
    }

    private static ChatAnswerer Chat(IServiceProvider provider, string id) => new(
        provider.GetServices<IChatEngine>().Single(engine => engine.Id == id), provider.GetRequiredService<ChatCall>());
}
