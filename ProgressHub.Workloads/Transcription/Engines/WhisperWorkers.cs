using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Workloads.Workers;

namespace ProgressHub.Workloads.Transcription.Engines;

/// <summary>
/// The workers that hear, a pool for each model, since what one may take in memory goes by the size of its model. Of those
/// that nobody needs one is kept warm: several large models at once would leave no memory for anything else.
/// </summary>
internal sealed class WhisperWorkers(
    IOptions<WorkerOptions> options, IOptions<TranscriptionOptions> transcription, TimeProvider time, ILogger<WorkerPool> logger) : IDisposable
{
    private const long BeyondModel = 1536L << 20;
    private const long Heap = 256L << 20;

    // Longer than any workload: the engine's own silence ends it before.
    private static readonly TimeSpan Deadline = TimeSpan.FromHours(24);
    private readonly ConcurrentDictionary<(string Path, long Bytes), WorkerPool> _pools = new();

    /// <summary>What a worker with a model of so many bytes may take: the model, what it computes with, and a part of the audio.</summary>
    public static WorkerKind KindOf(long modelBytes, int maxProcesses) =>
        new(WhisperWorker.Kind, MemoryBytes: modelBytes + (modelBytes / 2) + BeyondModel, HeapBytes: Heap) { MaxProcesses = maxProcesses, MaxUses = 50 };

    /// <inheritdoc cref="WorkerPool.RunAsync"/>
    public Task<JsonElement> RunAsync(WhisperRequest request, Action<JsonElement> progress, CancellationToken cancellationToken)
    {
        var key = (request.Model, new FileInfo(request.Model).Length);
        foreach (var (other, pool) in _pools)
        {
            if (other != key)
                pool.EvictIdle();
        }

        var asked = new WorkerRequest(WhisperWorker.Transcribe, JsonSerializer.SerializeToElement(request, WhisperJson.Default.WhisperRequest));
        return _pools.GetOrAdd(key, NewPool).RunAsync(asked, progress, Deadline, cancellationToken);
    }

    public void Dispose()
    {
        foreach (var pool in _pools.Values)
            pool.Dispose();
    }

    private WorkerPool NewPool((string Path, long Bytes) model) =>
        new(KindOf(model.Bytes, transcription.Value.MaxConcurrency), options, time, logger);
}
