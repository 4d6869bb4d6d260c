using System.Text.RegularExpressions;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Cluster;

/// <summary>Several nodes behind one address, as <c>deploy</c> has it; with <c>PROGRESSHUB_OUTAGES=1</c> for a thousand watchers.</summary>
[Collection(NodesTests.Name)]
public sealed partial class NodesBehindNginxTests(ClusterNodes nodes)
{
    // From addresses of fewer than three nodes' worth, nginx could send all to one.
    private static readonly int Watchers = NodeFailureTests.IsThorough ? 1000 : 40;

    // Still under way when all of them have come.
    private static readonly int Length = NodeFailureTests.IsThorough ? 150_000 : 45_000;

    [Fact]
    public async Task Whoever_watches_through_the_proxy_sees_everything_once_also_where_a_node_behind_it_is_killed()
    {
        await nodes.AllUpAsync();
        await using var proxy = await NginxProxy.StartAsync(nodes.Servers.Select(server => server.Address));
        using var scene = await WatchedJob.StartAsync(nodes, Length);
        var watchers = Enumerable.Range(0, Watchers)
            .Select(number => new SteadyWatcher(proxy.ClientFrom(number), scene.Id, () => Task.CompletedTask)).ToList();
        var hub = HubWatching.WatchAsync(proxy.Address, scene.Id, after: 0);
        foreach (var watcher in watchers)
            await watcher.MoreAsync(1);
        var metrics = await Task.WhenAll(nodes.Servers.Select(server => server.Client.GetStringAsync("/metrics")));

        // A node that was slow to answer while they came may have got none.
        Assert.InRange(metrics.Count(text => HasWatchers().IsMatch(text)), 2, nodes.Servers.Count);

        await nodes.Servers.First(server => server != scene.Owner).KillAsync();
        await nodes.AllUpAsync();

        await scene.CheckAsync(attempts: 1);
        var log = await nodes.Servers[0].Client.LogAsync(scene.Id);
        foreach (var watcher in watchers)
        {
            using (watcher)
            {
                await watcher.Completion.Soon();
                LogAssert.SawAll(log, watcher.Seen);
            }
        }

        Assert.Contains(watchers, watcher => watcher.Connections > 1);
        LogAssert.SawAll(log, await hub.Soon());
    }

    [GeneratedRegex(@"^progresshub_watchers\S* [1-9]", RegexOptions.Multiline)]
    private static partial Regex HasWatchers();
}
