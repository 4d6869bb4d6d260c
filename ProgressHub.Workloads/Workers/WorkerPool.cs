using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Workloads.Workers;

/// <summary>
/// The workers of a kind: as many as are needed up to a bound, a few kept warm. A worker that failed otherwise than by its own
/// word, was canceled, or missed its deadline is killed; nothing that it does outlives the request.
/// </summary>
internal sealed partial class WorkerPool : IDisposable
{
    private readonly WorkerKind _kind;
    private readonly WorkerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<WorkerPool> _logger;
    private readonly SemaphoreSlim _slots;
    private readonly Stack<WorkerProcess> _idle = new();
    private readonly HashSet<WorkerProcess> _busy = [];
    private readonly Lock _lock = new();
    private readonly ITimer _eviction;
    private bool _disposed;

    public WorkerPool(WorkerKind kind, IOptions<WorkerOptions> options, TimeProvider time, ILogger<WorkerPool> logger)
    {
        (_kind, _options, _time, _logger) = (kind, options.Value, time, logger);
        _slots = new SemaphoreSlim(kind.MaxProcesses, kind.MaxProcesses);
        _eviction = time.CreateTimer(_ => EvictIdle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Has a worker do something; waits for a free one, which does not count.</summary>
    /// <param name="request">What.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="deadline">How long it may take.</param>
    /// <param name="cancellationToken">Kills it.</param>
    /// <exception cref="WorkloadException">The worker says why it could not.</exception>
    /// <exception cref="WorkerEndedException">The worker ended; its last words are in the log.</exception>
    public async Task<JsonElement> RunAsync(
        WorkerRequest request, Action<JsonElement>? progress, TimeSpan deadline, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                try
                {
                    return await AskOneAsync(request, progress, deadline, cancellationToken);
                }
                catch (WorkerEndedException ended) when (ended.End == WorkerEnd.WhileIdle)
                {
                    // Killed while nobody looked: an idle one is lost with each turn, so the last is a new one.
                }
            }
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Ends those that nobody needs.</summary>
    public void EvictIdle()
    {
        WorkerProcess[] unneeded;
        lock (_lock)
        {
            unneeded = [.. _idle];
            _idle.Clear();
        }

        foreach (var worker in unneeded)
            worker.Dispose();
    }

    public void Dispose()
    {
        WorkerProcess[] all;
        lock (_lock)
        {
            _disposed = true;
            all = [.. _idle, .. _busy];
            _idle.Clear();
            _busy.Clear();
        }

        _eviction.Dispose();
        foreach (var worker in all)
            worker.Dispose();
    }

    private async Task<JsonElement> AskOneAsync(
        WorkerRequest request, Action<JsonElement>? progress, TimeSpan deadline, CancellationToken cancellationToken)
    {
        using var span = EngineSpan.Process($"worker {_kind.Name}");
        WorkerProcess? worker = null;
        var usable = false;
        try
        {
            worker = Take() ?? await StartAsync(cancellationToken);
            using var patience = new CancellationTokenSource(deadline, _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            try
            {
                var result = await worker.AskAsync(request, progress, either.Token);
                usable = true;
                return result;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new WorkerEndedException(WorkerEnd.Deadline, $"The worker '{_kind.Name}' took longer than {deadline.TotalSeconds:0.#} s.");
            }
            catch (WorkloadException refused)
            {
                usable = true;
                span.Fail(refused.Code);
                throw;
            }
        }
        catch (WorkerEndedException ended)
        {
            span.Fail($"{ended.End}");
            LogEnded(_kind.Name, request.Operation, ended.End, OneLine(ended.Message), OneLine(ended.LastWords));
            throw;
        }
        finally
        {
            Return(worker, usable);
        }
    }

    private async Task<WorkerProcess> StartAsync(CancellationToken cancellationToken)
    {
        var worker = await WorkerProcess.StartAsync(_kind, _options, _time, cancellationToken);
        lock (_lock)
        {
            if (!_disposed)
            {
                _busy.Add(worker);
                return worker;
            }
        }

        worker.Dispose();
        throw new ObjectDisposedException(nameof(WorkerPool));
    }

    private WorkerProcess? Take()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            while (_idle.TryPop(out var worker))
            {
                if (worker.IsAlive)
                {
                    _busy.Add(worker);
                    return worker;
                }

                worker.Dispose();
            }

            return null;
        }
    }

    private void Return(WorkerProcess? worker, bool usable)
    {
        if (worker is null)
            return;
        lock (_lock)
        {
            _busy.Remove(worker);
            if (usable && !_disposed && worker.Uses < _kind.MaxUses && _idle.Count < _kind.MaxIdle && worker.IsAlive)
            {
                _idle.Push(worker);
                _eviction.Change(_options.IdleLifetime, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        worker.Dispose();
    }

    // It is a stranger's text as soon as a stranger's file is read: no line of the log may begin with it.
    private static string OneLine(string words) => new([.. words.Trim().Select(c => char.IsControl(c) ? ' ' : c)]);

    [LoggerMessage(LogLevel.Warning, "A worker of kind {Kind} ended during '{Operation}' ({End}): {Reason} Its last words: {LastWords}")]
    private partial void LogEnded(string kind, string operation, WorkerEnd end, string reason, string lastWords);
}
