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
    private readonly Dictionary<string, int> _out = [];
    private readonly LinkedList<(JobPlace Place, TaskCompletionSource Admitted)> _returning = [];
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private DateTimeOffset _lookedAt = DateTimeOffset.MinValue;
    private long _waiting;
    private bool _claiming;

    /// <summary>The name of this node in the store.</summary>
    public string Node { get; } = $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>How many jobs wait, as far as this node knows.</summary>
    public long Waiting => Math.Max(0, Interlocked.Read(ref _waiting));

    /// <summary>How many jobs run, by kind, those included that only wait.</summary>
    public IReadOnlyDictionary<string, int> Running
    {
        get
        {
            lock (_gate)
                return _running.Keys.Union(_out.Keys).ToDictionary(kind => kind, kind => Places(kind) + _out.GetValueOrDefault(kind));
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
        var request = FreePlaces();
        _lookedAt = request.Now;
        IReadOnlyList<Job> jobs = [];
        try
        {
            if (request.FreePlaces.Count > 0 || request.PlacesElsewhere.Count > 0)
                jobs = await store.ClaimAsync(request, cancellationToken);
        }
        finally
        {
            lock (_gate)
            {
                foreach (var job in jobs)
                    _running[job.Kind] = Places(job.Kind) + 1;
                _claiming = false;
                AdmitReturning();
            }
        }

        Interlocked.Add(ref _waiting, -jobs.Count);
        return jobs;
    }

    /// <summary>A job that was begun is over; its place is free.</summary>
    public void Finished(JobPlace place)
    {
        lock (_gate)
        {
            place.IsClosed = true;
            (place.IsOut ? _out : _running)[place.Kind]--;
            AdmitReturning();
        }

        Signal();
    }

    /// <summary>
    /// A job gives its place back while it waits. It keeps it where its work is done elsewhere anyway, or where too many
    /// are out already.
    /// </summary>
    public void Leave(JobPlace place)
    {
        lock (_gate)
        {
            place.Waits++;
            if (place.IsOut || place.IsClosed || workloads.Get(place.Kind).Descriptor.RunsElsewhere || Free(elsewhere: true) <= 0)
                return;
            place.IsOut = true;
            _running[place.Kind]--;
            _out[place.Kind] = _out.GetValueOrDefault(place.Kind) + 1;
            AdmitReturning();
        }

        Signal();
    }

    /// <summary>A wait is over, and the job goes on without a place.</summary>
    public void Stay(JobPlace place)
    {
        lock (_gate)
            place.Waits--;
    }

    /// <summary>A wait is over: waits for a place. A job that comes back goes before any that has not begun.</summary>
    public async Task ReturnAsync(JobPlace place, CancellationToken cancellationToken)
    {
        var admitted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            // A handler may wait for several things at once; the last to come takes the place.
            if (--place.Waits > 0 || !place.IsOut)
                return;
            _returning.AddLast((place, admitted));
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

    private int Places(string kind) => _running.GetValueOrDefault(kind);

    /// <summary>Gives free places to those who come back, in their order as far as their kinds allow.</summary>
    private void AdmitReturning()
    {
        for (var entry = _returning.First; entry is not null;)
        {
            var ((place, admitted), next) = (entry.Value, entry.Next);
            if (place.IsClosed || admitted.Task.IsCompleted)
            {
                _returning.Remove(entry);
                admitted.TrySetCanceled();
            }

            // While a claim is under way, its jobs may take any place that seems free.
            else if (!_claiming && Free(elsewhere: false) > 0 && Free(workloads.Get(place.Kind).Descriptor) > 0)
            {
                _returning.Remove(entry);
                if (admitted.TrySetResult())
                {
                    place.IsOut = false;
                    _out[place.Kind]--;
                    _running[place.Kind] = Places(place.Kind) + 1;
                }
            }

            entry = next;
        }
    }

    private ClaimRequest FreePlaces()
    {
        lock (_gate)
        {
            _claiming = true;
            return new ClaimRequest(Node, FreePlaces(elsewhere: false), Free(elsewhere: false), time.GetUtcNow())
            {
                PlacesElsewhere = FreePlaces(elsewhere: true),
            };
        }
    }

    private Dictionary<string, int> FreePlaces(bool elsewhere)
    {
        var limit = Free(elsewhere);
        return Descriptors(elsewhere).Select(d => (d.Kind, Free: Math.Min(limit, Free(d))))
            .Where(d => d.Free > 0).ToDictionary(d => d.Kind, d => d.Free);
    }

    // Jobs that only wait count among those whose work is done elsewhere: they cost as little.
    private int Free(bool elsewhere)
    {
        var taken = Descriptors(elsewhere).Sum(d => Places(d.Kind));
        return elsewhere ? options.Value.MaxElsewhere - taken - _out.Values.Sum() : options.Value.MaxConcurrency - taken;
    }

    private int Free(WorkloadDescriptor descriptor) => Bound(descriptor) - Places(descriptor.Kind);

    private IEnumerable<WorkloadDescriptor> Descriptors(bool elsewhere) =>
        workloads.All.Select(w => w.Descriptor).Where(d => d.RunsElsewhere == elsewhere);

    private int Bound(WorkloadDescriptor descriptor) => Math.Min(
        descriptor.MaxConcurrency ?? int.MaxValue,
        options.Value.MaxConcurrencyByKind.GetValueOrDefault(descriptor.Kind, int.MaxValue));
}
