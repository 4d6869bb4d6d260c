using Bunit;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Acting;

namespace ProgressHub.Tests.Components.Acting;

public sealed class PinButtonTests : ComponentTest
{
    [Fact]
    public async Task A_job_is_pinned_by_a_tag_and_unpinned_and_its_other_tags_stay()
    {
        using var driven = await DrivenJob.SubmitAsync(Services, "Letter");
        await Jobs.ChangeTagsAsync(driven.Id, "local", new(["red"], []), CancellationToken.None);
        var job = (await Jobs.FindAsync(driven.Id, "local", CancellationToken.None))!;
        var button = Render<PinButton>(p => p.Add(x => x.Job, job).Add(x => x.MayManage, true).Add(x => x.OnChanged, (JobSnapshot after) => job = after));
        Assert.Equal("false", button.One("button", "Pinned").GetAttribute("aria-pressed"));

        await button.One("button", "Pinned").ClickAsync(new());

        Assert.Equal(["pinned", "red"], job.Tags.Order());
        button.Render(p => p.Add(x => x.Job, job));
        Assert.Equal("true", button.One("button", "Pinned").GetAttribute("aria-pressed"));
        Assert.DoesNotContain("pinned", Render<TagEditor>(p => p.Add(x => x.Job, job)).Markup, StringComparison.Ordinal);

        await button.One("button", "Pinned").ClickAsync(new());

        Assert.Equal(["red"], job.Tags);
    }

    [Fact]
    public void Whoever_only_reads_sees_that_it_is_pinned()
    {
        var button = Render<PinButton>(p => p.Add(x => x.Job, new JobSnapshot { JobId = JobId.New(), Title = "Letter", Kind = "translation", Tags = ["pinned"] }));

        Assert.Contains("Pinned", button.Markup, StringComparison.Ordinal);
        Assert.Empty(button.FindAll("button"));
    }
}
