using ProgressHub.Core.Workloads.Inference;
using ProgressHub.Core.Workloads.Knowledge.Collections;

namespace ProgressHub.Core.Workloads.Knowledge.Retrieval;

/// <summary>
/// Finds the passages that answer a question: those it names first, then words and vectors fused by reciprocal rank.
/// What is neither named nor near nor full of the question's words is not found at all.
/// </summary>
internal sealed class Retriever(TransientRetry retry)
{
    /// <summary>How many of each ranking are fused.</summary>
    private const int Candidates = 50;

    /// <summary>
    /// The share of a question's words, by weight, that makes a passage about it however far its vector is: a rare word in
    /// a long passage moves the vector little. Less in scripts without spaces, where half of all pairs span two words.
    /// </summary>
    private static double EnoughWords(bool cjk) => cjk ? 0.2 : 0.4;

    /// <summary>What has less evidence than this share of the best passage's is left out beside it.</summary>
    private const double BesideTheBest = 0.4;

    /// <summary>Searches a collection.</summary>
    /// <param name="collection">Where.</param>
    /// <param name="query">What for.</param>
    /// <param name="retrying">Hears of a transient failure that is waited out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Findings> SearchAsync(
        SearchableCollection collection, SearchQuery query, Func<WorkloadException, TimeSpan, ValueTask> retrying,
        CancellationToken cancellationToken)
    {
        var within = query.Attributes.Count > 0 ? collection.Attributes.With(query.Attributes) : null;
        var (named, names) = within is not null
            ? (within, [.. query.Attributes.Select(a => $"{a.Key} {a.Value}")])
            : collection.Attributes.NamedIn(query.Question);
        var embedded = await retry.RunAsync(
            token => collection.Embedder.EmbedAsync([query.Question], query.ApiKey, token), retrying, cancellationToken).ConfigureAwait(false);

        var words = collection.Words.Search(Tokenizer.Terms(query.Question), Candidates, within is null ? null : within.Contains);
        var near = await collection.NearestAsync(embedded[0], Candidates, cancellationToken).ConfigureAwait(false);
        if (within is not null)
            near = [.. near.Where(n => within.Contains(n.Id))];
        var ranked = ReciprocalRank.Fuse(2 * Candidates, [.. words.Select(w => new Scored(w.Id, w.Score))], near);
        return await JudgeAsync(collection, query, named, names, ranked, words, near, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Findings> JudgeAsync(
        SearchableCollection collection, SearchQuery query, IReadOnlySet<long> named, IReadOnlyList<string> names,
        IReadOnlyList<Scored> ranked, IReadOnlyList<WordMatch> words, IReadOnlyList<Scored> near, CancellationToken cancellationToken)
    {
        var cjk = CjkText.IsMostlyCjk(query.Question);
        var gate = collection.Embedder.Gate(cjk);
        var coverage = words.ToDictionary(w => w.Id, w => w.Coverage);
        var cosine = near.ToDictionary(n => n.Id, n => n.Score);

        // What is named comes first, in the order of the ranking; what the ranking has not seen comes in its own.
        var order = ranked.Select(r => r.Id).Where(named.Contains)
            .Concat(named.Where(id => !ranked.Any(r => r.Id == id)).Order())
            .Concat(ranked.Select(r => r.Id).Where(id => !named.Contains(id)));
        var judged = order
            .Select(id => new Judged(id, named.Contains(id), cosine.GetValueOrDefault(id), coverage.GetValueOrDefault(id), gate, EnoughWords(cjk)))
            .Where(j => j.Named || j.Evidence >= 1).ToList();
        var enough = judged.Select(j => j.Evidence).DefaultIfEmpty().Max() * BesideTheBest;
        var best = judged.Where(j => j.Named || j.Evidence >= enough).Take(query.TopK).ToList();

        var passages = (await collection.ReadAsync([.. best.Select(j => j.Id)], cancellationToken).ConfigureAwait(false))
            .ToDictionary(p => p.Id);
        return new Findings(
            [.. best.Where(j => passages.ContainsKey(j.Id)).Select(j => new FoundPassage(
                passages[j.Id], j.Named, j.Cosine, j.Coverage, Strength(j, gate, collection.Embedder.Strong)))],
            names);
    }

    /// <summary>
    /// How well a passage fits, 0..1: a named one fits fully; else where its cosine stands between the gate and a strong
    /// match, or its share of the question's words, whichever is more.
    /// </summary>
    private static double Strength(Judged judged, double gate, double strong) => judged.Named ? 1 : Math.Clamp(
        Math.Max((judged.Cosine - gate) / (strong - gate), judged.Coverage - 0.1), 0.05, 0.95);

    private sealed record Judged(long Id, bool Named, double Cosine, double Coverage, double Gate, double EnoughWords)
    {
        /// <summary>From 1 on a passage counts as about the question: near, or full of its words, or some of both.</summary>
        public double Evidence => (Math.Max(Cosine, 0) / Gate) + (Coverage / EnoughWords);
    }
}

/// <summary>What is looked for. A class and not a record, so that nothing prints its key by accident.</summary>
internal sealed class SearchQuery(string question, int topK)
{
    public string Question { get; } = question;

    /// <summary>How many passages at most.</summary>
    public int TopK { get; } = topK;

    /// <summary>Only passages of documents with all of these; empty for any.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>A key for the embedding engine that came with the request.</summary>
    public string? ApiKey { get; init; }
}

/// <summary>What was found.</summary>
/// <param name="Passages">Best first; empty for nothing.</param>
/// <param name="Names">What the question named, such as <c>number 40</c>.</param>
internal sealed record Findings(IReadOnlyList<FoundPassage> Passages, IReadOnlyList<string> Names);

/// <summary>A passage that was found.</summary>
/// <param name="Passage">The passage.</param>
/// <param name="Named">Whether the question named it.</param>
/// <param name="Cosine">How near its vector is, -1..1; 0 where it was not among the nearest.</param>
/// <param name="Coverage">How much of the question's words is in it, 0..1.</param>
/// <param name="Score">How well it fits, 0..1.</param>
internal sealed record FoundPassage(Passage Passage, bool Named, double Cosine, double Coverage, double Score);
