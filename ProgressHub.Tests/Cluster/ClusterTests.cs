using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Cluster;

/// <summary>Several nodes as one server: what is submitted at one is seen and commanded at any (I1, I7).</summary>
[Collection(PostgresTests.Name)]
public sealed class ClusterTests(ClusterNodes nodes) : IClassFixture<ClusterNodes>
{
    [OutageFact]
    public async Task A_job_submitted_at_one_node_is_watched_at_all_of_them()
    {
        var id = await nodes.Servers[0].Client.SubmitAsync(JobCalls.Pseudo(LongTexts.Prose(4000), 200));
        using var first = new SteadyWatcher(nodes.Servers[0], id);
        using var second = new SteadyWatcher(nodes.Servers[1], id);
        using var third = new SteadyWatcher(nodes.Servers[2], id);

        Assert.Equal("succeeded", (await nodes.Servers[1].Client.EndAsync(id)).Text("state"));

        var log = await nodes.Servers[2].Client.LogAsync(id);
        LogAssert.EndsWith("succeeded", log);
        foreach (var watcher in (SteadyWatcher[])[first, second, third])
        {
            await watcher.Completion.Soon();
            LogAssert.SawAll(log, watcher.Seen);
        }
    }

    [OutageFact]
    public async Task A_cancel_at_any_node_ends_a_job_wherever_it_runs()
    {
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
            ids.Add(await nodes.Servers[0].Client.SubmitAsync(JobCalls.Pseudo(LongTexts.Prose(40_000), 200)));
        var owner = await nodes.OwnerOfAsync(ids[0]);
        var other = nodes.Servers.First(server => server != owner);

        foreach (var id in ids)
            await other.Client.CancelAsync(id);

        foreach (var id in ids)
        {
            Assert.Equal("canceled", (await owner.Client.EndAsync(id)).Text("state"));
            LogAssert.EndsWith("canceled", await other.Client.LogAsync(id));
        }
    }
}
