using System.Collections.Concurrent;
using ProgressHub.Core.Workloads;

namespace ProgressHub.AspNetCore.Workloads;

/// <summary>
/// Whether the engines of the workloads can work now. Finding out may start a process or ask another server, so what was
/// found counts for a while, and a workload that does not say in time is answered for.
/// </summary>
internal sealed partial class EngineReadiness(WorkloadCatalog workloads, TimeProvider time, ILogger<EngineReadiness> logger)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly ConcurrentDictionary<string, Answer> _answers = new();

    /// <summary>Each workload with its engines, by kind.</summary>
    public async Task<IReadOnlyList<(WorkloadDescriptor Workload, IReadOnlyList<EngineStatus> Engines)>> AllAsync(
        CancellationToken cancellationToken)
    {
        var asked = workloads.All.OrderBy(w => w.Descriptor.Kind, StringComparer.Ordinal)
            .Select(async w => (w.Descriptor, await OfAsync(w, cancellationToken)));
        return await Task.WhenAll(asked);
    }

    private async Task<IReadOnlyList<EngineStatus>> OfAsync(IWorkload workload, CancellationToken cancellationToken)
    {
        var kind = workload.Descriptor.Kind;
        if (_answers.TryGetValue(kind, out var known) && time.GetElapsedTime(known.At) < Fresh)
            return known.Engines;

        var engines = await AskAsync(workload, cancellationToken);
        _answers[kind] = new Answer(time.GetTimestamp(), engines);
        return engines;
    }

    private async Task<IReadOnlyList<EngineStatus>> AskAsync(IWorkload workload, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await workload.GetEnginesAsync(either.Token).AsTask().WaitAsync(either.Token);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            LogNoAnswer(failure, workload.Descriptor.Kind);
            return [new EngineStatus("unknown", "Unknown", Ready: false, "Its engines can't be asked now; the server's log says why.")];
        }
    }

    private sealed record Answer(long At, IReadOnlyList<EngineStatus> Engines);

    [LoggerMessage(LogLevel.Warning, "The engines of {Kind} could not be asked whether they are ready.")]
    private partial void LogNoAnswer(Exception failure, string kind);
}
