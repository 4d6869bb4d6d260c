using Bunit;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Acting;

namespace ProgressHub.Tests.Components.Acting;

public sealed class JobMenuTests : ComponentTest
{
    [Fact]
    public async Task A_closed_menu_holds_nothing_and_an_open_one_what_can_be_done_with_the_job()
    {
        using var running = await DrivenJob.StartAsync(Services);
        var menu = Show(running.Id);
        Assert.Empty(Items(menu));

        await ToggleAsync(menu);
        Assert.Equal(["Open", "Copy the id", "Run on a schedule", "Tags", "Share", "Cancel"], Items(menu));
        await ToggleAsync(menu);
        Assert.Empty(Items(menu));
        await running.FinishAsync(JobState.Failed, new JobError("broken", "It broke."));
        var ended = Show(running.Id);
        await ToggleAsync(ended);

        Assert.Equal(["Open", "Copy the id", "Download the result", "Retry all", "Run again with changes", "Run on a schedule", "Tags", "Share", "Delete"], Items(ended));
    }

    [Fact]
    public async Task What_cannot_be_undone_is_asked_before_it_is_done_and_the_list_hears_of_it()
    {
        using var job = await DrivenJob.StartAsync(Services);
        await job.FinishAsync();
        var heard = 0;
        var menu = Show(job.Id, () => heard++);
        await ToggleAsync(menu);

        await Item(menu, "Delete").ClickAsync(new());
        Assert.NotNull(await Jobs.FindAsync(job.Id, "local", CancellationToken.None));
        await menu.One("button", "Yes, delete it").ClickAsync(new());

        Assert.Null(await Jobs.FindAsync(job.Id, "local", CancellationToken.None));
        Assert.Equal(1, heard);
    }

    [Fact]
    public async Task Tags_are_given_and_taken_and_one_that_stands_for_a_session_stays()
    {
        using var job = await DrivenJob.SubmitAsync(Services, tags: ["old", "session:1"]);
        var editor = Render<TagEditor>(p => p.Add(x => x.Job, Find(job.Id)).Add(x => x.MayManage, true));

        await editor.One("button", "Remove the tag old").ClickAsync(new());
        await editor.One("button", "Tag").ClickAsync(new());
        await editor.Find("input").InputAsync(new() { Value = "new" });
        await editor.Find("form").SubmitAsync();

        Assert.Equal(["session:1", "new"], Find(job.Id).Tags);
        editor.Render(p => p.Add(x => x.Job, Find(job.Id)));
        Assert.Single(editor.All("button", "Remove the tag"));
    }

    private static string[] Items(IRenderedComponent<JobMenu> menu) => [.. menu.FindAll("[role=menuitem]").Select(item => item.TextContent.Trim())];

    private static AngleSharp.Dom.IElement Item(IRenderedComponent<JobMenu> menu, string name) =>
        menu.FindAll("[role=menuitem]").Single(item => item.TextContent.Trim() == name);

    private static Task ToggleAsync(IRenderedComponent<JobMenu> menu) => menu.Find("[role=menu]").TriggerEventAsync("ontoggle", EventArgs.Empty);

    private IRenderedComponent<JobMenu> Show(JobId id, Action? changed = null) => Render<JobMenu>(p =>
    {
        p.Add(x => x.Job, Find(id)).Add(x => x.IsLinked, true);
        if (changed is not null)
            p.Add(x => x.OnChanged, changed);
    });

    private JobSnapshot Find(JobId id) => Jobs.FindAsync(id, "local", CancellationToken.None).AsTask().GetAwaiter().GetResult()!;
}
