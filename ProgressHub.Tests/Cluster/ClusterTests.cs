using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Cluster;

/// <summary>Several nodes as one server: what is submitted at one is seen and commanded at any (I1, I7).</summary>
[Collection(PostgresTests.Name)]
public sealed class ClusterTests(ClusterNodes nodes) : IClassFixture<ClusterNodes>
{
    [Fact]
    public async Task A_job_submitted_at_one_node_is_watched_at_all_of_them()
    {
        var id = await nodes.Servers[0].Client.SubmitAsync(JobCalls.Pseudo(LongTexts.Prose(4000), 200));
        using var first = new SteadyWatcher(nodes.Servers[0], id);
        using var second = new SteadyWatcher(nodes.Servers[1], id);
        using var third = new SteadyWatcher(nodes.Servers[2], id);
        var hubs = nodes.Servers.Select(server => HubWatching.WatchAsync(server.Address, id, after: 0)).ToList();
        var streams = nodes.Servers.Select(server => HubWatching.StreamAsync(server.Address, id, after: 0)).ToList();
        var polls = nodes.Servers.Select(server => PollAsync(server, id)).ToList();

        Assert.Equal("succeeded", (await nodes.Servers[1].Client.EndAsync(id)).Text("state"));

        var log = await nodes.Servers[2].Client.LogAsync(id);
        LogAssert.EndsWith("succeeded", log);
        foreach (var watcher in (SteadyWatcher[])[first, second, third])
        {
            await watcher.Completion.Soon();
            LogAssert.SawAll(log, watcher.Seen);
        }

        foreach (var seen in await Task.WhenAll([.. hubs, .. streams]).Soon())
            LogAssert.SawAll(log, seen);
        foreach (var last in await Task.WhenAll(polls).Soon())
            Assert.Equal(log[^1].Seq, last);
    }

    [Fact]
    public async Task What_a_node_has_acknowledged_the_next_one_knows()
    {
        for (var round = 0; round < 20; round++)
        {
            var (one, other) = (nodes.Servers[round % 3], nodes.Servers[(round + 1) % 3]);
            var id = await one.Client.SubmitAsync(JobCalls.Pseudo(LongTexts.Prose(40_000), 200));
            using var watcher = new SteadyWatcher(other, id);
            await watcher.MoreAsync(1);

            var acknowledged = (await one.Client.CancelAsync(id)).GetProperty("seq").GetInt64();

            var present = (await other.Client.JsonAsync($"/api/jobs/{id}")).GetProperty("seq").GetInt64();
            Assert.True(present >= acknowledged, $"Event {acknowledged} was acknowledged, and the next node knew {present}.");
        }
    }

    [Fact]
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

    /// <summary>Asks again and again, for what is new, until the end; returns the last <c>seq</c>.</summary>
    private static async Task<long> PollAsync(ServerProcess server, string id)
    {
        for (var seq = 0L; ;)
        {
            var state = await server.Client.JsonAsync($"/api/jobs/{id}?wait=20&after={seq}");
            var next = state.GetProperty("seq").GetInt64();
            Assert.True(next >= seq, $"The state of event {next} came after that of event {seq}.");
            if (state.Text("state") == "succeeded")
                return next;
            seq = next;
        }
    }
}
