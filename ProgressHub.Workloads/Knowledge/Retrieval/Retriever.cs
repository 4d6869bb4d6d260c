using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Knowledge.Collections;
using ProgressHub.Workloads.Knowledge.Embedding;
using ProgressHub.Workloads.Knowledge.Indexing;

namespace ProgressHub.Workloads.Knowledge.Retrieval;

/// <summary>
/// Finds the passages that answer a question: those it names first, then words and vectors fused. Where the vectors know
/// meanings, the best few are read a second time sentence by sentence, and the evidence orders them; else reciprocal rank
/// does. What is neither named nor near nor full of the question's words is not found at all.
/// </summary>
internal sealed class Retriever(TransientRetry retry)
{
    /// <summary>How many of each ranking are fused.</summary>
    private const int Candidates = 50;

    /// <summary>How many are read a second time.</summary>
    private const int ReadTwice = 8;

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
            token => collection.Embedder.EmbedAsync([query.Question], query.ApiKey, token), retrying, cancellationToken);

        var words = collection.Words.Search(Tokenizer.Terms(query.Question), Candidates, within is null ? null : within.Contains);
        var near = new List<NearestByPart>();
        foreach (var part in collection.Embedder.Parts)
            near.Add(await NearestByPart.FindAsync(collection, part, embedded[0], Candidates, within, cancellationToken));
        var candidates = Gather(query, named, words, near);
        candidates = await ReadAgainAsync(collection, candidates, near, cancellationToken);
        return await ChooseAsync(collection, query, names, candidates, cancellationToken);
    }

    /// <summary>All that comes into question, by reciprocal rank.</summary>
    private static List<Candidate> Gather(
        SearchQuery query, IReadOnlySet<long> named, IReadOnlyList<WordMatch> words, IReadOnlyList<NearestByPart> near)
    {
        var cjk = CjkText.IsMostlyCjk(query.Question);
        var coverage = words.ToDictionary(w => w.Id, w => w.Coverage);
        var ranked = ReciprocalRank.Fuse(2 * Candidates, [[.. words.Select(w => new Scored(w.Id, w.Score))], .. near.Select(n => n.Found)])
            .Select(r => r.Id).ToList();

        // What is named comes first, in the order of the ranking; what the ranking has not seen comes in its own.
        return [.. ranked.Concat(named.Except(ranked).Order()).Select(id =>
        {
            List<Near> all = [.. near.Select(n => n.Of(id, cjk))];
            var nearest = all.MaxBy(n => n.Nearness);
            var covered = coverage.GetValueOrDefault(id);
            return new Candidate(id, named.Contains(id), nearest, covered, Evidence.Plain(nearest.Nearness, covered, cjk), all);
        }).OrderByDescending(candidate => candidate.Named)];
    }

    /// <summary>Where meanings can be compared, they decide; passages in other languages are judged as ever.</summary>
    private static async Task<List<Candidate>> ReadAgainAsync(
        SearchableCollection collection, List<Candidate> candidates, IReadOnlyList<NearestByPart> near, CancellationToken cancellationToken)
    {
        if (collection.Embedder is not IPassageReader reader || near.FirstOrDefault(n => n.Part == reader.Part)?.Query is not { } question)
            return candidates;
        var judged = candidates.Select(candidate => candidate.ByMeaning()).OrderByDescending(candidate => candidate.Named)
            .ThenByDescending(candidate => candidate.Evidence).ToList();
        var passages = await collection.ReadAsync([.. judged.Take(ReadTwice).Select(candidate => candidate.Id)], cancellationToken);
        var part = question.AsMemory(reader.Part.From, reader.Part.Length ?? (question.Length - reader.Part.From));
        var sentences = await reader.ReadAsync(
            part, [.. passages.Select(passage => new TitledText(passage.Title, passage.Text))], cancellationToken);
        var read = passages.Zip(sentences).ToDictionary(pair => pair.First.Id, pair => pair.Second);
        var first = candidates.ToDictionary(candidate => candidate.Id);
        return [.. judged
            .Select(candidate => !read.TryGetValue(candidate.Id, out var nearest) ? candidate
                : nearest is { } cosine ? first[candidate.Id].ByMeaning(cosine) : first[candidate.Id])
            .OrderByDescending(candidate => candidate.Named).ThenByDescending(candidate => candidate.Evidence)];
    }

    private static async Task<Findings> ChooseAsync(
        SearchableCollection collection, SearchQuery query, IReadOnlyList<string> names, List<Candidate> candidates,
        CancellationToken cancellationToken)
    {
        var enough = Math.Max(1, candidates.Select(c => c.Evidence).DefaultIfEmpty().Max() * BesideTheBest);
        var best = candidates.Where(c => c.Named || c.Evidence >= enough).Take(query.TopK).ToList();
        var passages = (await collection.ReadAsync([.. best.Select(c => c.Id)], cancellationToken)).ToDictionary(p => p.Id);
        return new Findings(
            [.. best.Where(c => passages.ContainsKey(c.Id)).Select(c => new FoundPassage(
                passages[c.Id], c.Named, c.Nearest.Cosine, c.Coverage, c.Strength))],
            names);
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
