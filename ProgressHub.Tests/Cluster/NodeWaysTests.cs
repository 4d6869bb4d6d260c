using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Cluster;

/// <summary>The network between nodes is bad, and each still reaches the database (I1, I3, I7, I8).</summary>
[Collection(NodesTests.Name)]
public sealed class NodeWaysTests(ClusterNodes nodes)
{
    private const int Cuts = 8;
    private const int Between = 3;

    [Fact]
    public async Task Connections_that_are_cut_again_and_again_and_messages_that_take_their_time_cost_nobody_an_event_or_a_job()
    {
        using var scene = await WatchedJob.StartAsync(nodes);
        var other = nodes.Servers.First(server => server != scene.Owner);
        var cut = 0;
        try
        {
            for (var i = 0; i < Cuts; i++)
            {
                cut += nodes.Ways.Sum(way => way.Reset());
                await scene.MoreAsync(Between);
            }

            foreach (var way in nodes.Ways)
                way.Delay = TimeSpan.FromMilliseconds(300);
            await scene.MoreAsync(Between);
            await other.Client.CancelAsync(scene.Id);

            await scene.CheckAsync(attempts: 1, state: "canceled");
        }
        finally
        {
            foreach (var way in nodes.Ways)
                way.Delay = TimeSpan.Zero;
        }

        Assert.True(cut >= Cuts, $"Only {cut} connections were cut.");
    }

    [Fact]
    public async Task A_node_that_the_others_do_not_hear_any_more_is_put_out_and_its_jobs_go_on_with_them()
    {
        using var scene = await WatchedJob.StartAsync(nodes);
        try
        {
            nodes.Isolate(scene.Owner);

            Assert.Equal(1, await scene.Owner.EndedAsync());
        }
        finally
        {
            foreach (var way in nodes.Ways)
                way.Unblock();
        }

        await scene.CheckAsync(attempts: 2);
    }
}
