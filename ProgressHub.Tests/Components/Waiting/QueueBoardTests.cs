using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Execution;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Pages;
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

    [Fact]
    public async Task Whoever_sees_to_the_server_pauses_and_resumes_and_what_waits_says_why()
    {
        using var job = await DrivenJob.SubmitAsync(Services, "First");
        var page = Render<QueuePage>();
        page.WaitForAssertion(() => Assert.Contains("Next", page.Find(".queue").TextContent, StringComparison.Ordinal));

        await page.One("button", "Pause").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("The queue is paused: no job begins.", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Contains("When the pause ends", page.Find(".queue").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("select"));

        await page.One("button", "Resume the queue").ClickAsync(new());

        page.WaitForAssertion(() => Assert.DoesNotContain("paused", page.Markup, StringComparison.Ordinal));
        Assert.Contains("Next", page.Find(".queue").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_paused_is_shown_with_its_name_and_its_kind()
    {
        var page = Render<QueuePage>();

        await Services.GetRequiredService<QueueSwitch>().PauseAsync("translation", "ada", "Ada", CancellationToken.None);

        page.WaitForAssertion(() => Assert.Contains("Translation: no job of this kind begins.", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Contains("Paused by Ada", page.Find("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("select option"), option => option.TextContent == "Translation");
    }

    private static List<string> Titles(IRenderedComponent<QueueBoard> board) => [.. board.FindAll(".what a").Select(link => link.TextContent)];
}
