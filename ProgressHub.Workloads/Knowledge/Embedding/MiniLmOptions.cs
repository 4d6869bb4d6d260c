using System.ComponentModel.DataAnnotations;

namespace ProgressHub.Workloads.Knowledge.Embedding;

/// <summary>How much the model in this process may take.</summary>
internal sealed class MiniLmOptions
{
    /// <summary>Where these options live in the configuration.</summary>
    public const string Section = "Knowledge:MiniLm";

    /// <summary>How many threads it may use; 0 for half of the cores.</summary>
    [Range(0, 256)]
    public int Threads { get; set; }

    /// <summary>How long it stays in memory after its last use.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan UnloadAfter { get; set; } = TimeSpan.FromMinutes(10);
}
