using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Workloads.Knowledge.Embedding;

/// <summary>The embedders by the names that requests and collections give them.</summary>
internal sealed class Embedders(OpenAIConnection connection, HashedEmbedder hashed, MiniLmEmbedder miniLm)
{
    /// <summary>Whether each can work as configured.</summary>
    public IReadOnlyList<EngineStatus> Statuses =>
    [
        new(MiniLmEmbedder.Name, "MiniLM (built in: knows meanings in English, and spellings in every language)", Ready: true),
        new(HashedEmbedder.Name, "Hashed n-grams (built in: knows spellings, not meanings)", Ready: true),
        MissingForOpenAI(null) is { } missing
            ? new EngineStatus(OpenAIEmbedder.Name, "OpenAI-compatible embeddings", Ready: false, missing)
            : new EngineStatus(OpenAIEmbedder.Name, $"OpenAI-compatible embeddings ({connection.Options.EmbeddingModel})", Ready: true),
    ];

    /// <summary>The embedder for a new collection.</summary>
    /// <param name="name"><c>minilm</c>, <c>hashed</c> or <c>openai</c>.</param>
    /// <exception cref="WorkloadException"><c>unknown_engine</c>, or <c>engine_unavailable</c>.</exception>
    public IEmbedder ForNew(string name) => name switch
    {
        MiniLmEmbedder.Name => miniLm,
        HashedEmbedder.Name => hashed,
        OpenAIEmbedder.Name => MissingForOpenAI("later") is { } missing
            ? throw EngineRefusal.Unavailable("embedding", name, missing)
            : new OpenAIEmbedder(connection, connection.Options.EmbeddingModel!),
        _ => throw EngineRefusal.Unknown("embedding", [MiniLmEmbedder.Name, HashedEmbedder.Name, OpenAIEmbedder.Name]),
    };

    /// <summary>The embedder of a collection that is there.</summary>
    /// <exception cref="WorkloadException"><c>engine_unavailable</c>: there is none of that name any more.</exception>
    public IEmbedder Of(string id) =>
        id == miniLm.Id ? miniLm
        : id == hashed.Id ? hashed
        : id == HashedEmbedder.First.Id ? HashedEmbedder.First
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

    /// <summary>
    /// What a collection should be made anew with: the wanted embedder, where the collection has no model's vectors or those
    /// of an earlier version; null where it is as good as it gets.
    /// </summary>
    /// <param name="id">What made its vectors.</param>
    /// <param name="wanted">The server's default.</param>
    public string? BetterThan(string id, string wanted)
    {
        var isPlain = id.StartsWith(HashedEmbedder.Name, StringComparison.Ordinal);
        var isOld = id.StartsWith(MiniLmEmbedder.Name, StringComparison.Ordinal) && id != miniLm.Id;
        if ((!isPlain && !isOld) || (wanted == OpenAIEmbedder.Name && MissingForOpenAI(null) is not null))
            return null;
        var better = ForNew(wanted).Id;
        return better == id ? null : better;
    }
}
