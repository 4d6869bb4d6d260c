namespace ProgressHub.Workloads.Knowledge.Embedding;

/// <summary>
/// An embedder that can take a second, closer look at a few passages: one vector for many sentences says what a passage is
/// about, and little of what one of its sentences says.
/// </summary>
internal interface IPassageReader
{
    /// <summary>The part of its vectors that it can look at more closely.</summary>
    VectorPart Part { get; }

    /// <summary>The cosine of the nearest sentences of each passage, in their order; null for one it can't read.</summary>
    /// <param name="question">The question's part of its vector, of length 1.</param>
    /// <param name="passages">What to read.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    Task<IReadOnlyList<double?>> ReadAsync(
        ReadOnlyMemory<float> question, IReadOnlyList<TitledText> passages, CancellationToken cancellationToken);
}

/// <summary>A passage as it is read: its text, below the title of its document.</summary>
internal readonly record struct TitledText(string Title, string Text);
