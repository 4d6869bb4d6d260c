using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using ProgressHub.Core.Retries;

namespace ProgressHub.Core.Execution;

/// <summary>How jobs are run. Configuration section <c>Execution</c>.</summary>
public sealed class ExecutionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Execution";

    /// <summary>How many jobs run at once.</summary>
    [Range(1, 10_000)]
    public int MaxConcurrency { get; set; } = Math.Max(8, Environment.ProcessorCount * 4);

    /// <summary>How many jobs are followed at once whose work is done remotely; they hold no slot of the others.</summary>
    [Range(1, 1_000_000)]
    public int MaxRemote { get; set; } = 1000;

    /// <summary>How many jobs of a kind run at once, by kind; narrower than what the workload itself allows.</summary>
    public Dictionary<string, int> MaxConcurrencyByKind { get; init; } = [];

    /// <summary>How many jobs may wait; more are refused with <c>queue_full</c>.</summary>
    [Range(1, 1_000_000)]
    public int MaxQueuedJobs { get; set; } = 10_000;

    /// <summary>How many jobs of one owner may wait; more are refused with <c>queue_full</c>.</summary>
    [Range(1, 1_000_000)]
    public int MaxQueuedJobsPerOwner { get; set; } = 1000;

    /// <summary>The shortest time between two progress events of a job.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ProgressInterval { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a handler may take to stop once its job is canceled or its time is over; then it is given up.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00")]
    public TimeSpan CancelGrace { get; set; } = TimeSpan.FromMilliseconds(700);

    /// <summary>How long handlers may take to come to a checkpoint when the server stops.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>The delay before the second attempt; it doubles from attempt to attempt, with jitter.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "01:00:00")]
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay between two attempts.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "1.00:00:00")]
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// After how many interrupted attempts in a row that finished nothing a job is given up: it may be what brings the
    /// server down.
    /// </summary>
    [Range(1, 1000)]
    public int MaxInterruptionsWithoutProgress { get; set; } = 10;

    /// <summary>How many events a job may have; one that goes on reporting fails with <c>too_many_events</c>.</summary>
    [Range(1000, 1_000_000_000)]
    public long MaxEvents { get; set; } = 2_000_000;

    /// <summary>How many bytes the events of one attempt may have; more fail the job with <c>too_many_events</c>.</summary>
    [Range(1024 * 1024, 1L << 50)]
    public long MaxEventBytes { get; set; } = 1024L * 1024 * 1024;

    /// <summary>The delays between attempts: half of each is left to chance.</summary>
    internal Backoff Backoff => new(RetryDelay, MaxRetryDelay, Jitter: 0.5);

    /// <summary>How long a finished job is kept.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long a finished job of a kind is kept, by kind.</summary>
    public Dictionary<string, TimeSpan> RetentionByKind { get; init; } = [];

    /// <summary>How often old jobs are looked for.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long it is remembered that a job was purged, so that asking for it is answered "gone".</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00")]
    public TimeSpan TombstoneRetention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Takes settings under the names they once had, for configurations that still use them.</summary>
    internal void ReadFormerNames(IConfigurationSection section)
    {
        MaxRemote = section.GetValue("MaxElsewhere", MaxRemote);
        MaxInterruptionsWithoutProgress = section.GetValue("MaxFruitlessInterruptions", MaxInterruptionsWithoutProgress);
    }
}
