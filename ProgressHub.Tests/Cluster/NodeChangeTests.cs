using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Cluster;

/// <summary>
/// Nodes that are replaced while they work: one by one, as for an upgrade, and all at once. With <c>PROGRESSHUB_UPGRADE_FROM</c> the path
/// of an earlier build's <c>ProgressHub.Web.dll</c>, the nodes that are replaced are of that one (<c>eng/try-upgrade</c>).
/// </summary>
[Collection(NodesTests.Name)]
public sealed class NodeChangeTests(ClusterNodes nodes)
{
    [Fact]
    public async Task Nodes_are_replaced_one_by_one_and_nothing_is_lost_or_shown_twice()
    {
        await nodes.AllUpAsync();
        var program = await ReportingJob.SubmitAsync(nodes.Servers[0].Client);
        using var stop = new CancellationTokenSource();
        var reports = ReportAsync(program, stop.Token);
        var scenes = new List<WatchedJob>();

        // The slow one first: what it has begun goes on through the others' turns.
        foreach (var server in nodes.Servers.Reverse())
        {
            scenes.Add(await WatchedJob.StartAsync(nodes, on: server));
            Assert.Equal(0, await server.StopAsync());
            server.Program = ClusterNodes.Present;
            await server.StartAsync();
            var known = program.Acknowledged;
            await nodes.ExplainAsync(() => Patience.UntilAsync(() => program.Acknowledged > known, "the program reports on"));
        }

        foreach (var scene in scenes)
        {
            using (scene)
                await scene.CheckAsync(attempts: 2, atMost: 1 + nodes.Servers.Count);
        }

        await stop.CancelAsync();
        await reports;
        foreach (var server in nodes.Servers)
            await program.AssertNothingLostAsync(server.Client);
    }

    [Fact]
    public async Task All_nodes_are_killed_at_once_and_go_on_when_they_are_started_again()
    {
        using var scene = await WatchedJob.StartAsync(nodes);

        await Task.WhenAll(nodes.Servers.Select(server => server.KillAsync()));
        await nodes.ExplainAsync(nodes.AllUpAsync);

        await scene.CheckAsync(attempts: 2);
    }

    /// <summary>Reports at one node after the other; where one is down, the same line goes to the next.</summary>
    private async Task ReportAsync(ReportingJob program, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
            await program.ReportAsync(nodes.Servers[i % nodes.Servers.Count].Client);
    }
}
