using Orleans.Runtime;
using ProgressHub.Cluster;
using ProgressHub.Core.Events;

namespace ProgressHub.Tests.Support;

/// <summary>Another node as a test plays it: slow, or not to be reached.</summary>
internal sealed class PlayedNode : INodeService
{
    private readonly Lock _gate = new();
    private readonly List<EventFrame> _received = [];
    private readonly List<string> _told = [];
    private TaskCompletionSource? _hold;
    private int _calls;

    /// <summary>Whether it can't be told anything.</summary>
    public bool Fails { get; set; }

    /// <summary>How often events were delivered, those calls included that are under way.</summary>
    public int Calls => Volatile.Read(ref _calls);

    public IReadOnlyList<EventFrame> Received
    {
        get
        {
            lock (_gate)
                return [.. _received];
        }
    }

    public IReadOnlyList<string> Told
    {
        get
        {
            lock (_gate)
                return [.. _told];
        }
    }

    public void Hold() => _hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Release() => _hold!.SetResult();

    public async Task Deliver(byte[] batch)
    {
        Interlocked.Increment(ref _calls);
        if (_hold is { } hold)
            await hold.Task;
        lock (_gate)
            _received.AddRange(RelayBatch.Read(batch).SelectMany(job => job.Frames));
    }

    public Task Interest(SiloAddress from, string[] topics, bool areAll)
    {
        if (Fails)
            throw new TimeoutException();
        lock (_gate)
            _told.Add($"{string.Join(' ', topics)} {(areAll ? "all" : "more")}");
        return Task.CompletedTask;
    }

    public Task Wake() => Task.CompletedTask;

    public Task<bool> ReachesDatabase() => Task.FromResult(true);

    public Task<bool> Cancel(string job) => Task.FromResult(false);

    public Task<string[]?> Answer(string job, string requestId, string answer) => Task.FromResult<string[]?>(null);

    public Task<byte[]?> Report(string job, byte[] report) => Task.FromResult<byte[]?>(null);

    public Task<string[]?> Tag(string job, string[] add, string[] remove) => Task.FromResult<string[]?>(null);
}
