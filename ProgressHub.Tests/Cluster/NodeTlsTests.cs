using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Cluster;

/// <summary>
/// Who may be a node where certificates are used: the three that all these tests share know one another by them, so what they relay came
/// through.
/// </summary>
[Collection(NodesTests.Name)]
public sealed class NodeTlsTests(ClusterNodes nodes)
{
    private const string Refusal = "its certificate";

    [Fact]
    public async Task A_node_of_another_authority_is_none_and_both_ends_say_why()
    {
        await nodes.AllUpAsync();
        using var foreign = new TestAuthority("Others");
        using var joint = new TestAuthority("Others and these");
        await File.AppendAllTextAsync(joint.File, await File.ReadAllTextAsync(nodes.Authority.File));
        var before = Refused(nodes.Servers);

        // One trusts nobody here; the other one does, and is trusted by nobody.
        await using var apart = Prepare(foreign);
        await using var stranger = Prepare(joint);
        var starts = Task.WhenAll(apart.LaunchAsync(), stranger.LaunchAsync());

        await Patience.UntilAsync(
            () => apart.Output.Contains(Refusal, StringComparison.Ordinal) && Refused(nodes.Servers) > before,
            $"it is said that {Refusal} is not good");
        Assert.False(starts.IsCompleted, "A node of another authority has started.");
        Assert.Contains("(PartialChain)", apart.Output, StringComparison.Ordinal);
        var told = (await nodes.Servers[0].Client.JsonAsync("/api/nodes")).GetProperty("nodes").EnumerateArray();
        Assert.All(told.Where(node => node.Text("state") == "up"), node => Assert.Contains(nodes.Servers, server => nodes.IsOf(server, node.Text("name")!)));
    }

    [Fact]
    public async Task Who_speaks_without_TLS_is_not_heard()
    {
        await nodes.AllUpAsync();
        await using var plain = ServerProcess.Prepare(nodes.Settings(ServerProcess.FreePort()));

        var start = plain.LaunchAsync();

        await Patience.UntilAsync(
            () => plain.Output.Contains("Failed to get ping responses", StringComparison.Ordinal), "the node finds that nobody answers it");
        Assert.False(start.IsCompleted, "A node without a certificate has started.");
    }

    private ServerProcess Prepare(TestAuthority authority) =>
        ServerProcess.Prepare([.. nodes.Settings(ServerProcess.FreePort()), .. authority.Sign("stranger")]);

    private static int Refused(IEnumerable<ServerProcess> servers) =>
        servers.Sum(server => server.Output.Split('\n').Count(line => line.Contains(Refusal, StringComparison.Ordinal)));
}
