using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Workloads.Workers;

namespace ProgressHub.Workloads.Analysis.Engine;

/// <summary>The workers that tables need: those that run queries, and those that read files, each within bounds of their own.</summary>
internal sealed class TableWorkers(IOptions<WorkerOptions> options, TimeProvider time, ILogger<WorkerPool> logger) : IDisposable
{
    /// <summary>What workers that run queries may take.</summary>
    public static WorkerKind QueryKind { get; } = new(TableWorker.Kind, MemoryBytes: 1024L << 20, HeapBytes: 192L << 20) { MaxProcesses = 4, MaxIdle = 2 };

    /// <summary>What workers that read files may take.</summary>
    public static WorkerKind ImportKind { get; } = new(TableWorker.Kind, MemoryBytes: 1280L << 20, HeapBytes: 384L << 20) { MaxUses = 20, CompilesInFull = true };

    public WorkerPool Queries { get; } = new(QueryKind, options, time, logger);

    public WorkerPool Imports { get; } = new(ImportKind, options, time, logger);

    public void Dispose()
    {
        Queries.Dispose();
        Imports.Dispose();
    }
}
