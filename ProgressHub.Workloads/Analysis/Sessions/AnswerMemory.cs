using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Extensions.Options;
using ProgressHub.Workloads.Analysis.Planning;
using ProgressHub.Workloads.Analysis.Results;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Workloads.Analysis.Sessions;

/// <summary>
/// The answers given so far, each for its owner alone: the same question of the same data by the same engine, with the
/// same choices, need not be worked out again, and questions that are alike can be found.
/// </summary>
internal sealed class AnswerMemory(
    AnalysisDatabase database, IOptions<AnalysisOptions> options, TimeProvider time)
{
    private const int MaxResultBytes = 1024 * 1024;
    private const int MaxCompared = 500;
    private const int MaxSimilar = 3;
    private const double LeastAlike = 0.5;

    private const string Columns =
        "job_id AS JobId, owner AS Owner, session_id AS SessionId, data_id AS DataId, engine AS Engine, normalized AS Normalized, question AS Question, embedder AS Embedder, embedding AS Embedding, choices AS Choices, result AS Result, answered_at AS AnsweredAt";

    /// <summary>The answer to the same question; null where there is none that the present choices agree with.</summary>
    public async Task<AnalysisResult?> FindAsync(
        AskedQuestion asked, IReadOnlyDictionary<string, string> choices, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync(
            c => c.Query<AnswerRow>(
                $"SELECT {Columns} FROM answers WHERE owner = @Owner AND data_id = @DataId AND normalized = @Normalized AND engine = @Engine ORDER BY answered_at DESC LIMIT 20",
                asked).ToList(),
            cancellationToken);
        return rows.Where(r => AnalysisSessions.ReadChoices(r.Choices).All(used => choices.TryGetValue(used.Key, out var now) && now == used.Value))
            .Select(r => JsonSerializer.Deserialize(r.Result, AnalysisJson.Default.AnalysisResult)).FirstOrDefault();
    }

    /// <summary>Earlier questions of the same data that are like this one, the most alike first.</summary>
    public async Task<IReadOnlyList<SimilarQuestion>> FindSimilarAsync(AskedQuestion asked, CancellationToken cancellationToken)
    {
        var vector = HashedVectors.Of(CjkText.Fold(asked.Normalized));
        var rows = await database.ReadAsync(
            c => c.Query<AnswerRow>(
                $"SELECT {Columns.Replace("result AS", "substr(result, 1, 0) AS", StringComparison.Ordinal)} FROM answers WHERE owner = @Owner AND data_id = @DataId AND embedder = @embedder ORDER BY answered_at DESC LIMIT {MaxCompared}",
                new { asked.Owner, asked.DataId, embedder = HashedVectors.Id }).ToList(),
            cancellationToken);
        return [.. rows.Where(r => r.JobId != asked.JobId)
            .Select(r => new SimilarQuestion(r.Question, r.JobId, Math.Round(Cosine(vector, MemoryMarshal.Cast<byte, float>(r.Embedding)), 3)))
            .Where(s => s.Similarity >= LeastAlike)
            .DistinctBy(s => Words.Normalize(s.Question))
            .OrderByDescending(s => s.Similarity).Take(MaxSimilar)];
    }

    /// <summary>Remembers an answer; what is too large is not remembered.</summary>
    public async Task KeepAsync(
        AskedQuestion asked, IReadOnlyDictionary<string, string> choices, AnalysisResult result, CancellationToken cancellationToken)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(result with { Similar = [] }, AnalysisJson.Default.AnalysisResult);
        if (bytes.Length > MaxResultBytes || options.Value.MaxCachedAnswers == 0)
            return;
        var row = new AnswerRow(
            asked.JobId, asked.Owner, asked.SessionId, asked.DataId, asked.Engine, asked.Normalized, asked.Question, HashedVectors.Id,
            MemoryMarshal.AsBytes(HashedVectors.Of(CjkText.Fold(asked.Normalized)).AsSpan()).ToArray(),
            JsonSerializer.Serialize(new Dictionary<string, string>(choices), AnalysisJson.Default.DictionaryStringString), bytes,
            time.GetUtcNow().ToUnixTimeMilliseconds());
        await database.RunAsync(
            c =>
            {
                c.Execute(
                    """
                    INSERT INTO answers
                      (job_id, owner, session_id, data_id, engine, normalized, question, embedder, embedding, choices, result, answered_at)
                    VALUES (@JobId, @Owner, @SessionId, @DataId, @Engine, @Normalized, @Question, @Embedder, @Embedding, @Choices, @Result, @AnsweredAt)
                    ON CONFLICT (job_id) DO UPDATE SET
                      owner = excluded.owner, session_id = excluded.session_id, data_id = excluded.data_id, engine = excluded.engine,
                      normalized = excluded.normalized, question = excluded.question, embedder = excluded.embedder, embedding = excluded.embedding,
                      choices = excluded.choices, result = excluded.result, answered_at = excluded.answered_at
                    """,
                    row);
                return c.Execute(
                    "DELETE FROM answers WHERE owner = @Owner AND job_id NOT IN (SELECT job_id FROM answers WHERE owner = @Owner ORDER BY answered_at DESC LIMIT @most)",
                    new { asked.Owner, most = options.Value.MaxCachedAnswers });
            },
            cancellationToken);
    }

    private static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b) =>
        a.Length == b.Length ? TensorPrimitives.Dot(a, b) : 0;
}

/// <summary>What a question is remembered by.</summary>
internal sealed record AskedQuestion(
    string JobId, string Owner, string? SessionId, string DataId, string Engine, string Question)
{
    /// <summary>The question as it is compared: case, marks and spaces do not count.</summary>
    public string Normalized { get; } = Words.Normalize(Question);
}
