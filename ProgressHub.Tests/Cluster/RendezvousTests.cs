using ProgressHub.Cluster;

namespace ProgressHub.Tests.Cluster;

public sealed class RendezvousTests
{
    private static readonly string[] Nodes = ["10.0.0.1:11111@1", "10.0.0.2:11111@2", "10.0.0.3:11111@3"];
    private static readonly string[] Keys = [.. Enumerable.Range(0, 300).Select(i => $"host{i}.example:443")];

    [Fact]
    public void All_nodes_choose_the_same_one_and_where_one_goes_only_its_own_keys_move()
    {
        foreach (var key in Keys)
        {
            var chosen = Rendezvous.Choose(key, Nodes)!;

            Assert.Equal(chosen, Rendezvous.Choose(key, Nodes.Reverse()));
            Assert.All(Nodes.Where(node => node != chosen), gone => Assert.Equal(chosen, Rendezvous.Choose(key, Nodes.Except([gone]))));
        }

        Assert.All(Nodes, node => Assert.InRange(Keys.Count(key => Rendezvous.Choose(key, Nodes) == node), 70, 130));
        Assert.Null(Rendezvous.Choose("any", []));
    }
}
