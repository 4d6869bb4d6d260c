namespace ProgressHub.Tests.Support;

/// <summary>A job that runs on one of several nodes and is watched at others.</summary>
internal sealed class WatchedJob : IDisposable
{
    // On the slow node a minute of work, so that it still runs when the node is lost on a busy machine; seconds elsewhere.
    private const int Length = 30_000;

    private readonly List<SteadyWatcher> _watchers = [];
    private readonly List<ServerProcess> _others = [];

    private readonly ClusterNodes _nodes;

    private WatchedJob(ClusterNodes nodes, string id, string node, ServerProcess owner)
    {
        _nodes = nodes;
        Id = id;
        Node = node;
        Owner = owner;
    }

    public string Id { get; }

    /// <summary>The name of the node that runs it at first.</summary>
    public string Node { get; }

    /// <summary>That node.</summary>
    public ServerProcess Owner { get; }

    /// <summary>Submits a job that one node runs, and watches it at all others; returns once it is well under way.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="length">How many characters it has to work through.</param>
    /// <param name="on">The node; the slow one where it is not given.</param>
    public static async Task<WatchedJob> StartAsync(ClusterNodes nodes, int length = Length, ServerProcess? on = null)
    {
        await nodes.AllUpAsync();
        while (true)
        {
            var id = await (on ?? nodes.SlowNode).Client.SubmitAsync(JobCalls.Pseudo(LongTexts.Prose(length), 200));
            var owner = await nodes.OwnerOfAsync(id);
            if (owner != (on ?? nodes.SlowNode))
                continue;
            var job = new WatchedJob(nodes, id, (await nodes.NodeOfAsync(id))!, owner);
            await job.WatchAsync(nodes.Servers.Where(server => server != owner));
            return job;
        }
    }

    private async Task WatchAsync(IEnumerable<ServerProcess> servers)
    {
        foreach (var server in servers)
        {
            _others.Add(server);
            _watchers.Add(new SteadyWatcher(server, Id));
        }

        await MoreAsync(8);
    }

    /// <summary>Waits until every watcher was shown so many more events.</summary>
    public async Task MoreAsync(int count)
    {
        foreach (var watcher in _watchers)
            await watcher.MoreAsync(count);
    }

    /// <summary>Lets it end, and asserts that it ended as it should after so many attempts and that every watcher saw all of it once.</summary>
    /// <param name="attempts">How many.</param>
    /// <param name="atMost">Up to how many, where it may be more.</param>
    /// <param name="state">In which state.</param>
    public Task CheckAsync(int attempts, int? atMost = null, string state = "succeeded") => _nodes.ExplainAsync(async () =>
    {
        Assert.Equal(state, (await _others[0].Client.EndAsync(Id)).Text("state"));
        var log = await _others[^1].Client.LogAsync(Id);
        LogAssert.EndsWith(state, log);
        Assert.InRange(log[^1].Attempt, attempts, atMost ?? attempts);
        foreach (var watcher in _watchers)
        {
            await watcher.Completion.Soon();
            LogAssert.SawAll(log, watcher.Seen);
        }
    });

    public void Dispose()
    {
        foreach (var watcher in _watchers)
            watcher.Dispose();
    }
}
