namespace ProgressHub.Core.Jobs;

/// <summary>
/// How long stages took, kept for estimates of later jobs and shared by all nodes. Of each stage of a workload and
/// engine only the last <see cref="RunsKept"/> count.
/// </summary>
internal interface IDurationStore
{
    /// <summary>How many runs of a stage are kept.</summary>
    const int RunsKept = 64;

    /// <summary>Adds runs, and forgets those that are one too many.</summary>
    /// <exception cref="StorageUnavailableException">The store can't take them.</exception>
    ValueTask AddAsync(IReadOnlyList<StageRun> runs, CancellationToken cancellationToken);

    /// <summary>The runs of all stages of a workload with an engine, the newest first.</summary>
    ValueTask<IReadOnlyList<StageRun>> ReadAsync(string kind, string engine, CancellationToken cancellationToken);
}
