using System.ComponentModel.DataAnnotations;
using ProgressHub.Workloads.Inference.Usage;

namespace ProgressHub.Workloads.Inference;

/// <summary>How patient the server is with engines that are reached over HTTP, and how often it tries again.</summary>
public sealed class InferenceOptions
{
    /// <summary>Where these options live in the configuration.</summary>
    public const string Section = "Inference";

    /// <summary>How long a connection may take to come about.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer may be silent, before its first word as well as within it, until it counts as stalled.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one whole answer may take, however steadily it comes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "06:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often a call is tried again after a transient failure; 0 for never.</summary>
    [Range(0, 100)]
    public int MaxRetries { get; set; } = 5;

    /// <summary>The wait before the first retry; it doubles with each further one.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// The longest wait between two tries. An engine that asks for a longer one (Retry-After) is not waited for here: the
    /// job as a whole is tried again later.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>What models cost, by their name; without a price their tokens are counted and no cost is told.</summary>
    public IDictionary<string, ModelPrice> Prices { get; init; } = new Dictionary<string, ModelPrice>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The currency of all prices, by its three letters.</summary>
    [RegularExpression("[A-Z]{3}")]
    public string Currency { get; set; } = "USD";

    internal ModelPrice? PriceOf(string? model) => model is not null && Prices.TryGetValue(model, out var price) ? price : null;

    internal bool HasValidPrices => Prices.Values.All(p => p is { InputPerMillion: >= 0, OutputPerMillion: >= 0 });
}
