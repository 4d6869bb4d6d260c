using System.Threading.Channels;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>
/// Decides which queued jobs begin: the store holds the queue, this counts free places and knows when to look again.
/// </summary>
internal sealed class JobQueue(
    IJobStore store, WorkloadCatalog workloads, IOptions<ExecutionOptions> options, TimeProvider time)
{
    private static readonly TimeSpan IdlePoll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan PassedOverPoll = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _running = [];
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private DateTimeOffset _lookedAt = DateTimeOffset.MinValue;
    private int _runningTotal;
    private long _waiting;

    /// <summary>The name of this node in the store.</summary>
    public string Node { get; } = $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>How many jobs wait, as far as this node knows.</summary>
    public long Waiting => Math.Max(0, Interlocked.Read(ref _waiting));

    /// <summary>How many jobs run, by kind.</summary>
    public IReadOnlyDictionary<string, int> Running
    {
        get
        {
            lock (_gate)
                return new Dictionary<string, int>(_running);
        }
    }

    /// <summary>A job was put into the queue.</summary>
    public void Added(int count = 1)
    {
        Interlocked.Add(ref _waiting, count);
        Signal();
    }

    /// <summary>A job left the queue without running.</summary>
    public void Removed() => Interlocked.Decrement(ref _waiting);

    /// <summary>Something changed; look again.</summary>
    public void Signal() => _signal.Writer.TryWrite(true);

    /// <summary>Begins as many jobs as there are places; each occupies one until <see cref="Finished"/>.</summary>
    public async ValueTask<IReadOnlyList<Job>> ClaimAsync(CancellationToken cancellationToken)
    {
        var (places, limit) = FreePlaces();
        _lookedAt = time.GetUtcNow();
        if (limit == 0)
            return [];

        var jobs = await store.ClaimAsync(new ClaimRequest(Node, places, limit, _lookedAt), cancellationToken);
        lock (_gate)
        {
            foreach (var job in jobs)
                _running[job.Kind] = _running.GetValueOrDefault(job.Kind) + 1;
            _runningTotal += jobs.Count;
        }

        Interlocked.Add(ref _waiting, -jobs.Count);
        return jobs;
    }

    /// <summary>A job that was begun is over; its place is free.</summary>
    public void Finished(string kind)
    {
        lock (_gate)
        {
            _running[kind]--;
            _runningTotal--;
        }

        Signal();
    }

    /// <summary>Waits until there may be something to begin: a signal, or the moment a delayed job is due.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        var due = await store.NextRunAfterAsync(cancellationToken);
        var delay = due is not { } at ? IdlePoll
            : at > _lookedAt ? Clamp(at - time.GetUtcNow())

            // It was due already and found no place. One that becomes free signals; another job may become due.
            : PassedOverPoll;
        using var timeout = new CancellationTokenSource(delay, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _signal.Reader.ReadAsync(both.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            // It is time to look again.
        }
    }

    private static TimeSpan Clamp(TimeSpan delay) =>
        delay < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : delay > IdlePoll ? IdlePoll : delay;

    private (Dictionary<string, int> Places, int Limit) FreePlaces()
    {
        lock (_gate)
        {
            var limit = options.Value.MaxConcurrency - _runningTotal;
            var places = new Dictionary<string, int>();
            foreach (var workload in workloads.All)
            {
                var free = Math.Min(limit, Bound(workload.Descriptor) - _running.GetValueOrDefault(workload.Descriptor.Kind));
                if (free > 0)
                    places[workload.Descriptor.Kind] = free;
            }

            return (places, places.Count == 0 ? 0 : limit);
        }
    }

    private int Bound(WorkloadDescriptor descriptor) => Math.Min(
        descriptor.MaxConcurrency ?? int.MaxValue,
        options.Value.MaxConcurrencyByKind.GetValueOrDefault(descriptor.Kind, int.MaxValue));
}
