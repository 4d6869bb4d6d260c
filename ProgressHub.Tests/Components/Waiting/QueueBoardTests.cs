using Bunit;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Waiting;

namespace ProgressHub.Tests.Components.Waiting;

public sealed class QueueBoardTests : ComponentTest
{
    [Fact]
    public async Task Jobs_stand_in_their_order_and_one_is_moved_to_the_front()
    {
        using var first = await DrivenJob.SubmitAsync(Services, "First");
        using var second = await DrivenJob.SubmitAsync(Services, "Second");
        using var theirs = await DrivenJob.SubmitAsync(Services, "Theirs", owner: "others");
        var board = Render<QueueBoard>();
        board.WaitForAssertion(() => Assert.Equal(["First", "Second"], Titles(board)));

        await board.One("button", "To the front: Second").ClickAsync(new());

        board.WaitForAssertion(() => Assert.Equal(["Second", "First"], Titles(board)));
        Assert.Equal([second.Id, first.Id, theirs.Id], await Store.ListQueuedAsync(9, CancellationToken.None));
    }

    [Fact]
    public async Task A_job_that_begins_leaves_it()
    {
        using var first = await DrivenJob.SubmitAsync(Services, "First");
        using var second = await DrivenJob.SubmitAsync(Services, "Second");
        var board = Render<QueueBoard>();
        board.WaitForAssertion(() => Assert.Equal(2, Titles(board).Count));

        await first.StartAsync();

        board.WaitForAssertion(() => Assert.Equal(["Second"], Titles(board)));
    }

    [Fact]
    public void An_empty_queue_says_when_something_waits_there()
    {
        var board = Render<QueueBoard>();

        board.WaitForAssertion(() => Assert.Contains("only while all slots are in use", board.Markup, StringComparison.Ordinal));
    }

    private static List<string> Titles(IRenderedComponent<QueueBoard> board) => [.. board.FindAll(".what a").Select(link => link.TextContent)];
}
