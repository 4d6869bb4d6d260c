using System.ComponentModel.DataAnnotations;

namespace ProgressHub.Core.Uploads;

/// <summary>What may be uploaded, and where it lies. Configuration section <c>Uploads</c>.</summary>
public sealed class UploadOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Uploads";

    /// <summary>The folder of the files; by default <c>blobs</c> in the data directory.</summary>
    public string? Directory { get; set; }

    /// <summary>The folder of the attempts' own folders; by default <c>work</c> in the data directory.</summary>
    public string? WorkDirectory { get; set; }

    /// <summary>The largest file, in bytes.</summary>
    [Range(1, 1L << 50)]
    public long MaxBytes { get; set; } = 512L * 1024 * 1024;

    /// <summary>The most bytes of all files together; beyond it uploads are refused with <c>storage_full</c>.</summary>
    [Range(1, 1L << 50)]
    public long MaxTotalBytes { get; set; } = 64L * 1024 * 1024 * 1024;

    /// <summary>The bytes to leave free on the disk; below it uploads are refused with <c>disk_full</c>.</summary>
    [Range(0, 1L << 50)]
    public long MinFreeBytes { get; set; } = 256L * 1024 * 1024;

    /// <summary>How many uploads an owner may have that are under way, or that no job has used yet.</summary>
    [Range(1, 1_000_000)]
    public int MaxOpenUploads { get; set; } = 100;

    /// <summary>For how long a job waits for the next byte of its file before it fails with <c>upload_incomplete</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an upload is kept that no job uses, or whose rest does not come.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan UnusedLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How often files that nobody needs are looked for.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(5);
}
