using System.ComponentModel.DataAnnotations;

namespace ProgressHub.Core.Storage;

/// <summary>Where jobs are kept. Configuration section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The name of the configuration section.</summary>
    public const string Section = "Storage";

    /// <summary>The database; the embedded one by default.</summary>
    [EnumDataType(typeof(StorageProvider))]
    public StorageProvider Provider { get; set; } = StorageProvider.Sqlite;

    /// <summary>The folder of the embedded database and of all that is kept in files; made where it is missing.</summary>
    [Required]
    public string DataDirectory { get; set; } = "data";

    /// <summary>
    /// How to reach PostgreSQL, as Npgsql reads it (<c>Host=…;Database=…;Username=…;Password=…</c>, <c>Search Path</c> for a
    /// schema of its own); the embedded database does not use it.
    /// </summary>
    public string? ConnectionString { get; set; }

    /// <summary>Whether several servers may use the database at once; they see to it that no two run the same job.</summary>
    internal bool IsShared { get; set; }

    /// <summary>
    /// Whether to go on where committed data of the embedded database is damaged and can't be read; else the start is
    /// refused. For one start, after the data directory was copied.
    /// </summary>
    public bool AcceptDataLoss { get; set; }

    /// <summary>
    /// The bytes to leave free on the disk of the data. Below it new jobs are refused and readiness is red; below half of it
    /// jobs that run wait with their events. Deleting goes on. 0 for no such bound.
    /// </summary>
    [Range(0, 1L << 50)]
    public long MinFreeBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>How many writes may wait for a commit, 16 to 1,000,000; beyond it new jobs are refused.</summary>
    [Range(16, 1_000_000)]
    public int QueueCapacity { get; set; } = 4096;

    /// <summary>How many bytes of writes may wait, from 1 MiB on; beyond it new jobs are refused.</summary>
    [Range(1024 * 1024, long.MaxValue)]
    public long QueueBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>How many threads read at a time, 1 to 64.</summary>
    [Range(1, 64)]
    public int Readers { get; set; } = Math.Clamp(Environment.ProcessorCount, 2, 8);
}

/// <summary>A database that can keep the jobs.</summary>
public enum StorageProvider
{
    /// <summary>Embedded, for one node.</summary>
    Sqlite,

    /// <summary>PostgreSQL 14 or newer, on a server of its own.</summary>
    Postgres,
}
