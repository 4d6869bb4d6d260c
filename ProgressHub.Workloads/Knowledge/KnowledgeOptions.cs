using System.ComponentModel.DataAnnotations;

namespace ProgressHub.Workloads.Knowledge;

/// <summary>How documents are taken in and questions answered.</summary>
public sealed class KnowledgeOptions
{
    /// <summary>Where these options live in the configuration.</summary>
    public const string Section = "Knowledge";

    /// <summary>Where collections are kept; <c>knowledge</c> in the data directory where it is missing.</summary>
    public string? Directory { get; set; }

    /// <summary>What makes the vectors of new collections that ask for nothing else: <c>minilm</c>, <c>hashed</c> or <c>openai</c>.</summary>
    [RegularExpression("minilm|hashed|openai")]
    public string DefaultEmbedding { get; set; } = "minilm";

    /// <summary>What answers questions that ask for no engine: <c>extractive</c>, <c>openai</c> or <c>anthropic</c>.</summary>
    [RegularExpression("extractive|openai|anthropic")]
    public string DefaultEngine { get; set; } = "extractive";

    /// <summary>How many collections one user may have.</summary>
    [Range(1, 100_000)]
    public int MaxCollections { get; set; } = 200;

    /// <summary>How many documents one job may take in.</summary>
    [Range(1, 1_000_000)]
    public int MaxDocuments { get; set; } = 20_000;

    /// <summary>How much text one job may take in, in characters: it is in memory while the job runs.</summary>
    [Range(1_000, 1_000_000_000)]
    public long MaxCharacters { get; set; } = 50_000_000;

    /// <summary>How long reading one file may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many passages a collection may have.</summary>
    [Range(100, 10_000_000)]
    public int MaxPassages { get; set; } = 200_000;

    /// <summary>
    /// How much memory the word indexes of open collections may take, in bytes; beyond it the one used longest ago is
    /// closed, and read again when it is asked next. One is always open, however large.
    /// </summary>
    [Range(1024 * 1024, long.MaxValue)]
    public long CacheBytes { get; set; } = 256L * 1024 * 1024;
}
