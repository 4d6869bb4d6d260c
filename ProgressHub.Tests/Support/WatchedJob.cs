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

    /// <summary>Submits a job that the slow node runs, and watches it at all others; returns once it is well under way.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <param name="length">How many characters it has to work through.</param>
    public static async Task<WatchedJob> StartAsync(ClusterNodes nodes, int length = Length)
    {
        await nodes.AllUpAsync();
        while (true)
        {
            var id = await nodes.SlowNode.Client.SubmitAsync(JobCalls.Pseudo(LongTexts.Prose(length), 200));
            var owner = await nodes.OwnerOfAsync(id);
            if (owner != nodes.SlowNode)
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

        foreach (var watcher in _watchers)
            await watcher.MoreAsync(8);
    }

    /// <summary>Lets it end, and asserts that it ended well after so many attempts and that every watcher saw all of it once.</summary>
    public Task CheckAsync(int attempts) => _nodes.ExplainAsync(async () =>
    {
        Assert.Equal("succeeded", (await _others[0].Client.EndAsync(Id)).Text("state"));
        var log = await _others[^1].Client.LogAsync(Id);
        LogAssert.EndsWith("succeeded", log);
        Assert.Equal(attempts, log[^1].Attempt);
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
