using System.ComponentModel.DataAnnotations;

namespace ProgressHub.Workloads.Analysis;

/// <summary>How questions over tables are answered.</summary>
public sealed class AnalysisOptions
{
    /// <summary>Where these options live in the configuration.</summary>
    public const string Section = "Analysis";

    /// <summary>Where tables and sessions are kept; <c>analysis</c> in the data directory where it is missing.</summary>
    public string? Directory { get; set; }

    /// <summary>What plans questions that ask for no engine: <c>rules</c>, <c>openai</c> or <c>anthropic</c>.</summary>
    [RegularExpression("rules|openai|anthropic")]
    public string DefaultEngine { get; set; } = "rules";

    /// <summary>The largest table, in bytes of its file.</summary>
    [Range(1, 2L * 1024 * 1024 * 1024)]
    public long MaxTableBytes { get; set; } = 100L * 1024 * 1024;

    /// <summary>How much all tables together may take on disk; beyond it those unused the longest go first.</summary>
    [Range(1, long.MaxValue)]
    public long MaxTotalBytes { get; set; } = 4L * 1024 * 1024 * 1024;

    /// <summary>How long a table is kept that nobody asks anything.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan UnusedLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How many sessions one user may have.</summary>
    [Range(1, 100_000)]
    public int MaxSessions { get; set; } = 200;

    /// <summary>How many answers are remembered for each user; beyond it the oldest go.</summary>
    [Range(0, 100_000)]
    public int MaxCachedAnswers { get; set; } = 500;

    /// <summary>How long a query may run.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan QueryTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long reading a table may take.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ImportTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many rows of a result are kept.</summary>
    [Range(1, 100_000)]
    public int MaxRows { get; set; } = 10_000;

    /// <summary>How large the rows of a result may be, in bytes.</summary>
    [Range(1024, 64 * 1024 * 1024)]
    public int MaxResultBytes { get; set; } = 4 * 1024 * 1024;

    /// <summary>How long an unclear question waits for its asker to choose.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "30.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromMinutes(30);
}
