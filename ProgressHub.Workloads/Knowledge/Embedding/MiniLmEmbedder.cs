using System.Numerics.Tensors;

namespace ProgressHub.Workloads.Knowledge.Embedding;

/// <summary>
/// Meaning and spelling side by side: MiniLM's vector of what is English in a text, and the hashed one of all of it. What
/// has no English has a filler in the first one's place, so that all vectors have length 1 and cosines stay comparable.
/// </summary>
internal sealed class MiniLmEmbedder(MiniLm model) : IEmbedder, IPassageReader
{
    public const string Name = "minilm";
    private const int Spelling = SentenceModel.Dimensions;
    private const int Filler = Spelling + HashedEmbedder.Dimensions;
    private const int Length = Filler + 1;

    // Some 500 passages' sentences, about 8 MB with their texts.
    private const int RecentWindows = 4096;
    private static readonly float Half = MathF.Sqrt(0.5f);
    private readonly RecentVectors _recent = new(RecentWindows);

    public string Id => "minilm-1";

    public int BatchSize => 16;

    public IReadOnlyList<VectorPart> Parts => [Part, Letters];

    public VectorPart Part { get; } = new(0, SentenceModel.Dimensions, Half, new CosineScale(Gate: 0.305, CjkGate: 0.305, Strong: 0.6));

    private static VectorPart Letters { get; } = new(Spelling, HashedEmbedder.Dimensions, Half, HashedEmbedder.Scale);

    public async Task<IReadOnlyList<float[]>> EmbedAsync(
        IReadOnlyList<string> texts, string? apiKey, CancellationToken cancellationToken)
    {
        var vectors = new float[texts.Count][];
        List<(int Index, string Text)> english = [];
        for (var i = 0; i < vectors.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            vectors[i] = new float[Length];
            vectors[i][Filler] = Half;
            TensorPrimitives.Multiply(HashedEmbedder.Embed(texts[i]), Half, vectors[i].AsSpan(Spelling));
            if (EnglishText.Of(texts[i]) is { } text)
                english.Add((i, text));
        }

        // Without any there is no need to load the model.
        if (english.Count == 0)
            return vectors;
        var meanings = await model.EmbedAsync([.. english.Select(e => e.Text)], cancellationToken);
        foreach (var (meaning, (index, _)) in meanings.Zip(english))
        {
            TensorPrimitives.Multiply(meaning, Half, vectors[index]);
            vectors[index][Filler] = 0;
        }

        return vectors;
    }

    public async Task<IReadOnlyList<double?>> ReadAsync(
        ReadOnlyMemory<float> question, IReadOnlyList<TitledText> passages, CancellationToken cancellationToken)
    {
        var windows = passages.Select(SentenceWindows.Of).ToList();
        var vectors = await ReadAsync([.. windows.SelectMany(w => w).Distinct(StringComparer.Ordinal)], cancellationToken);
        return [.. windows.Select(some => some.Count > 0 ? some.Max(w => (double)TensorPrimitives.Dot(question.Span, vectors[w])) : (double?)null)];
    }

    private async Task<Dictionary<string, float[]>> ReadAsync(IReadOnlyList<string> windows, CancellationToken cancellationToken)
    {
        var known = windows.Select(text => (Text: text, Vector: _recent.Find(text))).ToList();
        string[] unread = [.. known.Where(w => w.Vector is null).Select(w => w.Text)];
        var read = unread.Length > 0 ? await model.EmbedAsync(unread, cancellationToken) : [];
        foreach (var (text, vector) in unread.Zip(read))
            _recent.Add(text, vector);
        return known.Where(w => w.Vector is not null).Select(w => (w.Text, Vector: w.Vector!)).Concat(unread.Zip(read))
            .ToDictionary(w => w.Item1, w => w.Item2, StringComparer.Ordinal);
    }
}
