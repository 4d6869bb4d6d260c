using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads.Inference;
using ProgressHub.Core.Workloads.Knowledge.Ask;
using ProgressHub.Core.Workloads.Knowledge.Collections;
using ProgressHub.Core.Workloads.Knowledge.Embedding;
using ProgressHub.Core.Workloads.Knowledge.Ingest;
using ProgressHub.Core.Workloads.Knowledge.Retrieval;
using ProgressHub.Core.Workloads.Knowledge.Vectors;

namespace ProgressHub.Core.Workloads.Knowledge;

/// <summary>Registers collections of documents and the questions over them.</summary>
public static class KnowledgeRegistration
{
    /// <summary>Adds the kinds <c>ingest</c> and <c>ask</c>, and <see cref="KnowledgeLibrary"/>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="directory">Where collections are kept, where the configuration does not say.</param>
    public static IServiceCollection AddKnowledge(this IServiceCollection services, Func<IServiceProvider, string> directory)
    {
        services.AddInference();
        services.AddOptionsWithValidateOnStart<KnowledgeOptions>()
            .BindConfiguration(KnowledgeOptions.Section).ValidateDataAnnotations()
            .PostConfigure<IServiceProvider>((options, provider) => options.Directory ??= directory(provider));
        services.AddOptionsWithValidateOnStart<QdrantOptions>()
            .BindConfiguration(QdrantOptions.Section)
            .Validate(o => o.HasValidEndpoint, "Knowledge:Qdrant:Endpoint is an absolute http or https address.");

        services.AddSingleton<HashedEmbedder>();
        services.AddSingleton<Embedders>();
        services.AddSingleton(provider => new KnowledgeDatabase(Directory(provider), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(Vectors);
        services.AddSingleton<OpenCollections>();
        services.AddSingleton<Retriever>();
        services.AddSingleton(provider => new KnowledgeLibrary(
            provider.GetRequiredService<KnowledgeDatabase>(), provider.GetRequiredService<OpenCollections>(),
            provider.GetRequiredService<Embedders>(), provider.GetRequiredService<HashedEmbedder>(),
            provider.GetRequiredService<Retriever>(), provider.GetRequiredService<IOptions<KnowledgeOptions>>(),
            provider.GetRequiredService<TimeProvider>()));

        services.AddSingleton<IAnswerer, ExtractiveAnswerer>();
        services.AddSingleton<IAnswerer>(provider => Chat(provider, "openai"));
        services.AddSingleton<IAnswerer>(provider => Chat(provider, "anthropic"));
        services.AddSingleton<IWorkload, IngestWorkload>();
        services.AddSingleton<IWorkload, AskWorkload>();
        return services;
    }

    private static string Directory(IServiceProvider provider) =>
        Path.GetFullPath(provider.GetRequiredService<IOptions<KnowledgeOptions>>().Value.Directory!);

    private static IVectorStore Vectors(IServiceProvider provider) =>
        provider.GetRequiredService<IOptions<QdrantOptions>>().Value is { Endpoint: not null } qdrant
            ? new QdrantVectorStore(qdrant, new QdrantClient(qdrant))
            : new EmbeddedVectorStore(
                Path.Combine(Directory(provider), "vectors"), provider.GetRequiredService<ILogger<EmbeddedVectorStore>>());

    private static ChatAnswerer Chat(IServiceProvider provider, string id) => new(
        provider.GetServices<IChatEngine>().Single(engine => engine.Id == id), provider.GetRequiredService<ChatCall>());
}
