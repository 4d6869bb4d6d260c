using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Cluster;

/// <summary>
/// Nodes that are killed, frozen, stopped or cut off: their jobs go on elsewhere, nobody who watches elsewhere loses or repeats
/// anything, and no two nodes run a job at once (I1, I3, I8).
/// </summary>
[Collection(NodesTests.Name)]
public sealed class NodeFailureTests(ClusterNodes nodes)
{
    private const string More = "PROGRESSHUB_OUTAGES";
    private const int Freeze = 19;
    private const int Thaw = 18;

    // Characters: twice as long as the database is away.
    private const int LongerThanTheOutage = 20_000;

    private static readonly int Rounds = IsThorough ? 20 : 1;

    /// <summary>Whether as much as takes minutes is wanted.</summary>
    internal static bool IsThorough => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(More));

    [Fact]
    public async Task Jobs_of_a_node_that_is_killed_go_on_elsewhere()
    {
        for (var round = 0; round < Rounds; round++)
        {
            using var scene = await WatchedJob.StartAsync(nodes);

            await scene.Owner.KillAsync();

            await scene.CheckAsync(attempts: 2);
        }
    }

    [Fact]
    public async Task A_node_that_is_frozen_in_a_transaction_holds_nobody_up_writes_nothing_late_and_ends()
    {
        using var scene = await WatchedJob.StartAsync(nodes);

        await using (await nodes.HoldRowAsync(scene.Id))
            await scene.Owner.SignalAsync(Freeze);
        await nodes.ExplainAsync(() => Patience.UntilAsync(
            async () => await nodes.NodeOfAsync(scene.Id) is { } node && node != scene.Node, "another node runs the job"));
        await scene.Owner.SignalAsync(Thaw);

        await scene.CheckAsync(attempts: 2);
        Assert.Equal(1, await scene.Owner.EndedAsync());
    }

    [Fact]
    public async Task A_program_whose_job_is_on_a_node_that_is_killed_reports_on_elsewhere_and_nothing_is_lost_or_applied_twice()
    {
        await nodes.AllUpAsync();
        var program = await ReportingJob.SubmitAsync(nodes.Servers[0].Client);
        var owner = await nodes.OwnerOfAsync(program.Id);
        var other = nodes.Servers.First(server => server != owner).Client;
        using var stop = new CancellationTokenSource();
        var reports = program.ReportUntilAsync(stop.Token, other);
        await Patience.UntilAsync(() => program.Acknowledged >= 20, "the program reports at a node that does not run its job");

        await owner.KillAsync();

        var before = program.Acknowledged;
        await nodes.ExplainAsync(() => Patience.UntilAsync(() => program.Acknowledged >= before + 20, "the program reports on"));
        await stop.CancelAsync();
        await reports;
        await program.AssertNothingLostAsync(other);
    }

    [Fact]
    public async Task Jobs_of_a_node_that_is_stopped_go_on_elsewhere()
    {
        using var scene = await WatchedJob.StartAsync(nodes);

        Assert.Equal(0, await scene.Owner.StopAsync());

        await scene.CheckAsync(attempts: 2);
    }

    [Fact]
    public async Task A_node_that_alone_has_lost_the_database_gives_its_jobs_up_and_ends()
    {
        await using var way = new PausableProxy(nodes.Postgres.Port);
        await nodes.AllUpAsync();
        var cut = nodes.SlowNode;
        await cut.StopAsync();
        nodes.Redirect(cut, way.Port);
        using var scene = await WatchedJob.StartAsync(nodes);

        way.Block();

        Assert.Equal(1, await cut.EndedAsync());
        nodes.Redirect(cut, null);
        await scene.CheckAsync(attempts: 2);
    }

    [Fact]
    public async Task While_the_database_is_away_for_all_nobody_gives_anything_up()
    {
        using var scene = await WatchedJob.StartAsync(nodes, LongerThanTheOutage);

        // There is nothing to wait for: what is to be seen is that nothing happens.
        await nodes.Postgres.StopAsync();
        await Task.Delay(ClusterNodes.LongerThanAnyoneWaits, TimeProvider.System);
        await nodes.Postgres.StartAsync();

        await scene.CheckAsync(attempts: 1);
        foreach (var server in nodes.Servers)
            Assert.Equal("succeeded", (await server.Client.EndAsync(await server.Client.SubmitAsync(JobCalls.Pseudo("One.")))).Text("state"));
    }
}
