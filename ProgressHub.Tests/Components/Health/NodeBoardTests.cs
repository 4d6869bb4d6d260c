using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Nodes;
using ProgressHub.Web.Components.Health;

namespace ProgressHub.Tests.Components.Health;

public sealed class NodeBoardTests : ComponentTest
{
    private static readonly DateTimeOffset Started = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Each_node_has_a_row_with_what_it_has_to_do()
    {
        Services.AddSingleton<INodeRegister>(new Told(
        [
            new("S10.0.0.1:11111@158", "ash", NodeState.Gone, Started, TimeSpan.FromSeconds(61), new(0, 0, 90_000_000, "0.1.0")),
            new("S10.0.0.2:11111@159", "oak", NodeState.Up, Started, TimeSpan.FromSeconds(1), new(3, 1200, 312_400_000, "0.2.0")),
            new("S10.0.0.3:11111@160", "elm", NodeState.Joining, Started, TimeSpan.Zero, null),
        ]));

        var board = Render<NodeBoard>();

        board.WaitForAssertion(() => Assert.Equal(3, board.FindAll("tbody tr").Count));
        var rows = board.FindAll("tbody tr").Select(row => row.Children.Select(cell => cell.TextContent.Trim()).ToArray()).ToArray();
        Assert.Equal(["oak 10.0.0.2:11111", "Up", "3", "1,200", "312 MB", "0.2.0"], rows[1][..6]);
        Assert.Equal(("Gone", "61 s ago"), (rows[0][1], rows[0][7]));
        Assert.Equal(["Joining", "", "", "", ""], rows[2][1..6]);
    }

    [Fact]
    public void A_server_with_a_database_of_its_own_lists_itself_and_says_how_others_join()
    {
        var board = Render<NodeBoard>();

        board.WaitForAssertion(() => Assert.Contains("(this one)", board.Find("tbody th").TextContent, StringComparison.Ordinal));
        Assert.Contains("Cluster:Name", board.Find("p.muted").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void While_the_database_is_away_the_board_says_so_and_goes_on_showing_what_it_knew()
    {
        var told = new Told([new("S10.0.0.2:11111@159", "oak", NodeState.Up, Started, TimeSpan.Zero, null)]);
        Services.AddSingleton<INodeRegister>(told);
        var board = Render<NodeBoard>();
        board.WaitForElement("tbody tr");

        told.Failure = new StorageUnavailableException("PostgreSQL is away.");

        board.WaitForElement("[role=alert]");
        Assert.Single(board.FindAll("tbody tr"));
    }

    private sealed class Told(IReadOnlyList<NodeStatus> nodes) : INodeRegister
    {
        public StorageUnavailableException? Failure { get; set; }

        public ValueTask<IReadOnlyList<NodeStatus>> ListAsync(CancellationToken cancellationToken) =>
            Failure is { } failure ? ValueTask.FromException<IReadOnlyList<NodeStatus>>(failure) : new(nodes);
    }
}
