using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Support;

/// <summary>Durations in memory.</summary>
internal sealed class InMemoryDurations : IDurationStore
{
    private readonly Lock _gate = new();
    private readonly List<StageRun> _runs = [];

    /// <summary>Whether every call is refused.</summary>
    public bool Broken { get; set; }

    public ValueTask AddAsync(IReadOnlyList<StageRun> runs, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Check();
            _runs.InsertRange(0, runs.Reverse());
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<StageRun>> ReadAsync(string kind, string engine, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Check();
            return new([.. _runs.Where(run => run.Kind == kind && run.Engine == engine)]);
        }
    }

    private void Check()
    {
        if (Broken)
            throw new StorageUnavailableException("Broken for a test.");
    }
}
