using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>The input of one attempt: planned once, and read anew only where somebody has amended it.</summary>
internal sealed class AttemptInput(JobId id, PreparedInput prepared, AttemptStore store, IReadOnlyDictionary<string, string> secrets)
{
    private PreparedInput _present = prepared;

    /// <summary>As it is stored: without its secrets.</summary>
    public JsonElement Stored => Volatile.Read(ref _present).Stored;

    /// <summary>As its workload reads it.</summary>
    public WorkloadInput Read => Volatile.Read(ref _present).Input;

    /// <summary>How it is done.</summary>
    public WorkloadPlan Plan => Volatile.Read(ref _present).Plan;

    /// <summary>A secret that came with it; null where that is not known (any more).</summary>
    public string? Secret(string name) => secrets.GetValueOrDefault(name);

    /// <summary>Reads it anew: the request that brought a file may have said more behind it.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        var stored = await store.ReadInputAsync(id, cancellationToken);
        var present = Volatile.Read(ref _present);
        if (!JsonElement.DeepEquals(stored, present.Stored))
            Volatile.Write(ref _present, present with { Stored = stored, Input = new WorkloadInput(stored) });
    }
}
