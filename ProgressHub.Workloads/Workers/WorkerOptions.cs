using System.ComponentModel.DataAnnotations;

namespace ProgressHub.Workloads.Workers;

/// <summary>How native engines and strangers' files are run in processes of their own.</summary>
public sealed class WorkerOptions
{
    /// <summary>Where these options live in the configuration.</summary>
    public const string Section = "Workers";

    /// <summary>
    /// The program that is started as a worker, by its path: a <c>.dll</c> or an executable whose <c>Main</c> calls
    /// <see cref="WorkerProgram.RunAsync"/>. Where it is missing, the environment's
    /// <c>PROGRESSHUB_WORKER_PROGRAM</c>, and without that this program itself.
    /// </summary>
    public string? Program { get; set; }

    /// <summary>How long a worker may take to start.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a worker is kept that nobody needs.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan IdleLifetime { get; set; } = TimeSpan.FromMinutes(2);
}
