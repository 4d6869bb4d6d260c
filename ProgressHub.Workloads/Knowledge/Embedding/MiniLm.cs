using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.ML.OnnxRuntime;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Knowledge.Embedding;

/// <summary>
/// MiniLM as all jobs share it: loaded when first needed, released when nobody has needed it for a while, one small batch
/// at a time, so that a question waits for a batch of somebody's documents and not for all of them.
/// </summary>
internal sealed partial class MiniLm : IDisposable
{
    private const int TextsAtOnce = 8;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly MiniLmOptions _options;
    private readonly ILogger<MiniLm> _logger;
    private readonly TimeProvider _time;
    private readonly ITimer _idle;
    private SentenceModel? _model;
    private bool _disposed;

    public MiniLm(IOptions<MiniLmOptions> options, TimeProvider time, ILogger<MiniLm> logger)
    {
        (_options, _time, _logger) = (options.Value, time, logger);
        _idle = time.CreateTimer(_ => ReleaseIfIdle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether it is in memory.</summary>
    public bool IsLoaded => Volatile.Read(ref _model) is not null;

    /// <summary>The vectors of English texts, one each, in their order.</summary>
    /// <exception cref="WorkloadException"><c>engine_unavailable</c>: it can't be loaded on this machine.</exception>
    public async Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var vectors = new float[texts.Count][];

        // Those of about the same length together: a batch is as wide as its longest.
        foreach (var batch in Enumerable.Range(0, texts.Count).OrderBy(i => texts[i].Length).Chunk(TextsAtOnce))
        {
            var encoded = await EncodeAsync([.. batch.Select(i => texts[i])], cancellationToken);
            foreach (var (place, i) in batch.Index())
                vectors[i] = encoded[place];
        }

        return vectors;
    }

    public void Dispose()
    {
        _turn.Wait();
        _disposed = true;
        _model?.Dispose();
        _model = null;
        _idle.Dispose();
        _turn.Release();
    }

    private async Task<float[][]> EncodeAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);

            // Off the caller's thread: it is native code that takes its time.
            return await Task.Run(() => (_model ??= Load()).Encode(texts, cancellationToken), cancellationToken);
        }
        finally
        {
            if (!_disposed)
                _idle.Change(_options.UnloadAfter, Timeout.InfiniteTimeSpan);
            _turn.Release();
        }
    }

    private SentenceModel Load()
    {
        var begun = _time.GetTimestamp();
        try
        {
            var model = new SentenceModel(_options.Threads > 0 ? _options.Threads : Math.Max(1, Environment.ProcessorCount / 2));

            // The runtime has its own copy now; ours would stay for as long as no full collection comes.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            LogLoaded((long)_time.GetElapsedTime(begun).TotalMilliseconds);
            return model;
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException or TypeInitializationException
            or EntryPointNotFoundException or IOException or OnnxRuntimeException)
        {
            throw new WorkloadException(
                "engine_unavailable", "The embedding model can't be loaded on this machine. Set Knowledge:DefaultEmbedding to hashed.", exception);
        }
    }

    private void ReleaseIfIdle()
    {
        // In use: whoever uses it winds the timer up again.
        if (!_turn.Wait(0))
            return;
        try
        {
            if (_model is null || _disposed)
                return;
            _model.Dispose();
            Volatile.Write(ref _model, null);
            LogReleased();
        }
        finally
        {
            _turn.Release();
        }
    }

    [LoggerMessage(LogLevel.Information, "MiniLM was loaded in {Milliseconds} ms.")]
    private partial void LogLoaded(long milliseconds);

    [LoggerMessage(LogLevel.Information, "MiniLM was not needed for a while and was released.")]
    private partial void LogReleased();
}
