using System.Threading.Channels;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Nodes;
using ProgressHub.Core.Quotas;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>
/// Decides which queued jobs begin: the store holds the queue, this counts free slots and knows when to look again.
/// </summary>
internal sealed class JobQueue(
    IJobStore store, INodes nodes, WorkloadCatalog workloads, QuotaBook quotas, IOptions<ExecutionOptions> options, TimeProvider time)
{
    private static readonly TimeSpan IdlePoll = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SharedIdlePoll = TimeSpan.FromSeconds(1);

    // Few at a time, and a pause: whoever takes in many jobs would else take them all, while others have free slots.
    private const int SharedClaim = 2;
    private static readonly TimeSpan SharedPause = TimeSpan.FromMilliseconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _running = [];
    private readonly Dictionary<string, int> _released = [];
    private readonly LinkedList<(JobSlot Slot, TaskCompletionSource Admitted)> _returning = [];
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private DateTimeOffset _lookedAt = DateTimeOffset.MinValue;
    private DateTimeOffset? _due;
    private volatile bool _isDueKnown;
    private long _waiting;
    private bool _claiming;

    /// <summary>The name of this node in the store.</summary>
    public string Node => nodes.Self;

    /// <summary>How many jobs wait, as far as this node knows.</summary>
    public long Waiting => Math.Max(0, Interlocked.Read(ref _waiting));

    /// <summary>How many jobs run, by kind, those included that only wait.</summary>
    public IReadOnlyDictionary<string, int> Running
    {
        get
        {
            lock (_gate)
                return _running.Keys.Union(_released.Keys).ToDictionary(kind => kind, kind => Held(kind) + _released.GetValueOrDefault(kind));
        }
    }

    /// <summary>At start-up: counts what waits already.</summary>
    public async Task CountAsync(CancellationToken cancellationToken)
    {
        var counts = await store.CountAsync(cancellationToken);
        Added((int)counts.Where(c => c.State == JobState.Queued).Sum(c => c.Count));
    }

    /// <summary>A job was put into the queue.</summary>
    public void Added(int count = 1)
    {
        Interlocked.Add(ref _waiting, count);
        Signal();
        nodes.Wake();
    }

    /// <summary>A job was put back into the queue, perhaps for later.</summary>
    public void Returned()
    {
        _isDueKnown = false;
        Added();
    }

    /// <summary>How many jobs wait, where other nodes take them as well.</summary>
    public void Recount(long waiting) => Interlocked.Exchange(ref _waiting, waiting);

    /// <summary>A job left the queue without running.</summary>
    public void Removed() => Interlocked.Decrement(ref _waiting);

    /// <summary>Something changed; look again.</summary>
    public void Signal() => _signal.Writer.TryWrite(true);

    /// <summary>Begins as many jobs as there are free slots; each holds one until <see cref="Free(JobSlot)"/>.</summary>
    public async ValueTask<IReadOnlyList<Job>> ClaimAsync(CancellationToken cancellationToken)
    {
        if (!nodes.MayBegin)
        {
            _lookedAt = time.GetUtcNow();
            return [];
        }

        var running = await quotas.RunningAsync(cancellationToken);
        var request = FreeSlots() with { Running = running };
        _lookedAt = request.Now;
        IReadOnlyList<Job> jobs = [];
        try
        {
            if (request.FreeSlots.Count > 0 || request.RemoteSlots.Count > 0)
                jobs = await store.ClaimAsync(request, cancellationToken);
        }
        finally
        {
            lock (_gate)
            {
                foreach (var job in jobs)
                    _running[job.Kind] = Held(job.Kind) + 1;
                _claiming = false;
                AdmitReturning();
            }
        }

        Interlocked.Add(ref _waiting, -jobs.Count);
        return jobs;
    }

    /// <summary>A job that was begun is over; its slot is free. Said again, it changes nothing.</summary>
    public void Free(JobSlot slot)
    {
        lock (_gate)
        {
            if (slot.IsClosed)
                return;
            slot.IsClosed = true;
            (slot.IsReleased ? _released : _running)[slot.Kind]--;
            AdmitReturning();
        }

        Signal();
    }

    /// <summary>
    /// A job gives its slot back while it waits. It keeps it where its work is remote anyway, or where too many have given
    /// theirs back already.
    /// </summary>
    public void BeginWait(JobSlot slot)
    {
        lock (_gate)
        {
            slot.Waits++;
            if (slot.IsReleased || slot.IsClosed || workloads.Get(slot.Kind).Descriptor.IsRemote || Available(remote: true) <= 0)
                return;
            slot.IsReleased = true;
            _running[slot.Kind]--;
            _released[slot.Kind] = _released.GetValueOrDefault(slot.Kind) + 1;
            AdmitReturning();
        }

        Signal();
    }

    /// <summary>A wait is over, and the job goes on without a slot.</summary>
    public void AbandonWait(JobSlot slot)
    {
        lock (_gate)
            slot.Waits--;
    }

    /// <summary>A wait is over: waits for a slot. A job that comes back goes before any that has not begun.</summary>
    public async Task EndWaitAsync(JobSlot slot, CancellationToken cancellationToken)
    {
        var admitted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            // A handler may wait for several things at once; the last to come takes the slot.
            if (--slot.Waits > 0 || !slot.IsReleased)
                return;
            _returning.AddLast((slot, admitted));
            AdmitReturning();
        }

        // Where it goes by this, the next round of admissions takes it out.
        await using var canceled = cancellationToken.UnsafeRegister(
            static (waiting, token) => ((TaskCompletionSource)waiting!).TrySetCanceled(token), admitted);
        await admitted.Task;
    }

    /// <summary>Waits until there may be something to begin: a signal, or the moment a delayed job is due.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (_signal.Reader.TryRead(out _))
            return;
        var due = await NextDueAsync(cancellationToken);
        var delay = due is { } at ? Clamp(at - time.GetUtcNow()) : Idle;
        using var timeout = new CancellationTokenSource(delay, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            await _signal.Reader.ReadAsync(both.Token);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            // It is time to look again.
            _isDueKnown = false;
        }
    }

    /// <summary>Where others take jobs too, lets them come first for an instant.</summary>
    public Task PauseAsync(CancellationToken cancellationToken) =>
        nodes.AreSeveral ? Task.Delay(SharedPause, time, cancellationToken) : Task.CompletedTask;

    /// <summary>
    /// When the next delayed job may run. What was due when it was last looked found no slot, and waits for the signal that one
    /// has become free. The store is asked only where a job has come back, that moment has passed, or nothing happened for long.
    /// </summary>
    private async ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken)
    {
        if (_isDueKnown && !nodes.AreSeveral && (_due is null || _due > _lookedAt))
            return _due;
        _isDueKnown = true;
        try
        {
            return _due = await store.NextRunAfterAsync(_lookedAt, cancellationToken);
        }
        catch
        {
            _isDueKnown = false;
            throw;
        }
    }

    private TimeSpan Idle => nodes.AreSeveral ? SharedIdlePoll : IdlePoll;

    private TimeSpan Clamp(TimeSpan delay) =>
        delay < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : delay > Idle ? Idle : delay;

    private int Held(string kind) => _running.GetValueOrDefault(kind);

    /// <summary>Gives free slots to those who come back, in their order as far as their kinds allow.</summary>
    private void AdmitReturning()
    {
        for (var entry = _returning.First; entry is not null;)
        {
            var ((slot, admitted), next) = (entry.Value, entry.Next);
            if (slot.IsClosed || admitted.Task.IsCompleted)
            {
                _returning.Remove(entry);
                admitted.TrySetCanceled();
            }

            // While a claim is under way, its jobs may take any slot that seems free.
            else if (!_claiming && Available(remote: false) > 0 && Available(workloads.Get(slot.Kind).Descriptor) > 0)
            {
                _returning.Remove(entry);
                if (admitted.TrySetResult())
                {
                    slot.IsReleased = false;
                    _released[slot.Kind]--;
                    _running[slot.Kind] = Held(slot.Kind) + 1;
                }
            }

            entry = next;
        }
    }

    private ClaimRequest FreeSlots()
    {
        lock (_gate)
        {
            _claiming = true;
            return new ClaimRequest(Node, FreeSlots(remote: false), ClaimLimit, time.GetUtcNow())
            {
                RemoteSlots = FreeSlots(remote: true),
            };
        }
    }

    private Dictionary<string, int> FreeSlots(bool remote)
    {
        var limit = Available(remote);
        return Descriptors(remote).Select(d => (d.Kind, Free: Math.Min(limit, Available(d))))
            .Where(d => d.Free > 0).ToDictionary(d => d.Kind, d => d.Free);
    }

    private int ClaimLimit => nodes.AreSeveral ? Math.Min(Available(remote: false), SharedClaim) : Available(remote: false);

    // Jobs that only wait count among those whose work is done remote: they cost as little.
    private int Available(bool remote)
    {
        var taken = Descriptors(remote).Sum(d => Held(d.Kind));
        return remote ? options.Value.MaxRemote - taken - _released.Values.Sum() : options.Value.MaxConcurrency - taken;
    }

    private int Available(WorkloadDescriptor descriptor) => Bound(descriptor) - Held(descriptor.Kind);

    private IEnumerable<WorkloadDescriptor> Descriptors(bool remote) =>
        workloads.All.Select(w => w.Descriptor).Where(d => d.IsRemote == remote);

    private int Bound(WorkloadDescriptor descriptor) => Math.Min(
        descriptor.MaxConcurrency ?? int.MaxValue,
        options.Value.MaxConcurrencyByKind.GetValueOrDefault(descriptor.Kind, int.MaxValue));
}
