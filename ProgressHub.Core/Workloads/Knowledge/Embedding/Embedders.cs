using ProgressHub.Core.Workloads.Inference;

namespace ProgressHub.Core.Workloads.Knowledge.Embedding;

/// <summary>The embedders by the names that requests and collections give them.</summary>
internal sealed class Embedders(OpenAIConnection connection, HashedEmbedder hashed)
{
    /// <summary>Whether each can work as configured.</summary>
    public IReadOnlyList<EngineStatus> Statuses =>
    [
        new(HashedEmbedder.Name, "Hashed n-grams (built in: knows spellings, not meanings)", Ready: true),
        MissingForOpenAI(null) is { } missing
            ? new EngineStatus(OpenAIEmbedder.Name, "OpenAI-compatible embeddings", Ready: false, missing)
            : new EngineStatus(OpenAIEmbedder.Name, $"OpenAI-compatible embeddings ({connection.Options.EmbeddingModel})", Ready: true),
    ];

    /// <summary>The embedder for a new collection.</summary>
    /// <param name="name"><c>hashed</c> or <c>openai</c>.</param>
    /// <exception cref="WorkloadException"><c>unknown_engine</c>, or <c>engine_unavailable</c>.</exception>
    public IEmbedder ForNew(string name) => name switch
    {
        HashedEmbedder.Name => hashed,
        OpenAIEmbedder.Name => MissingForOpenAI("later") is { } missing
            ? throw new WorkloadException("engine_unavailable", $"The engine '{name}' is not ready. {missing}") { Property = "embedding" }
            : new OpenAIEmbedder(connection, connection.Options.EmbeddingModel!),
        _ => throw new WorkloadException("unknown_engine", "'embedding' is one of hashed, openai.") { Property = "embedding" },
    };

    /// <summary>The embedder of a collection that is there.</summary>
    /// <exception cref="WorkloadException"><c>engine_unavailable</c>: there is none of that name any more.</exception>
    public IEmbedder Of(string id) =>
        id == hashed.Id ? hashed
        : id.StartsWith($"{OpenAIEmbedder.Name}/", StringComparison.Ordinal) ? new OpenAIEmbedder(connection, id[(OpenAIEmbedder.Name.Length + 1)..])
        : throw new WorkloadException("engine_unavailable", $"The collection's vectors were made by '{id}', which this server does not have.");

    private string? MissingForOpenAI(string? apiKey)
    {
        var options = connection.Options;
        if (string.IsNullOrWhiteSpace(options.EmbeddingModel))
            return "Set Inference:OpenAI:EmbeddingModel to a model that the endpoint serves.";
        return options.Endpoint is null && string.IsNullOrEmpty(options.ApiKey) && apiKey is null
            ? "Set Inference:OpenAI:ApiKey, or Inference:OpenAI:Endpoint for a server of your own."
            : null;
    }
}
