namespace ProgressHub.Core.Workloads.Knowledge.Embedding;

/// <summary>Turns texts into vectors of length 1, so that a dot product is a cosine. Serves all jobs, several at once.</summary>
internal interface IEmbedder
{
    /// <summary>Its name and version: vectors of two embedders with different names can't be compared.</summary>
    string Id { get; }

    /// <summary>How many texts to send at once.</summary>
    int BatchSize { get; }

    /// <summary>The cosine below which a passage that shares no word with a question is not about it.</summary>
    /// <param name="cjk">Whether the question is in a script without spaces.</param>
    double Gate(bool cjk);

    /// <summary>The cosine from which on a passage counts as a full match.</summary>
    double Strong { get; }

    /// <summary>The vectors of texts, one each, in their order. Tries once.</summary>
    /// <exception cref="WorkloadException">It failed; transient or not.</exception>
    Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, string? apiKey, CancellationToken cancellationToken);
}
