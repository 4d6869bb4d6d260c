using System.Text.Json;
using Bunit;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Listing;
using ProgressHub.Web.Components.Pages;

namespace ProgressHub.Tests.Components.Watching;

public sealed class TextIsTextTests : ComponentTest
{
    private static string Evil(string where) => $"<img src=x onerror=alert(1)> <b>{where}</b>";

    [Fact]
    public async Task Markup_in_any_field_of_a_job_is_shown_as_text()
    {
        using var job = await DrivenJob.SubmitAsync(Services, Evil("title"), tags: Evil("tag"));
        await job.StartAsync(Evil("engine"), new StageDeclaration("one", Evil("stage"), 1));
        await job.SayAsync(
            new StageEvent("one", Evil("stage"), 1, 1),
            new ProgressEvent { Stage = "one", Fraction = 0.5, StageFraction = 0.5, Current = 1, Total = 2, Unit = Evil("unit"), Message = Evil("message") },
            new LogEvent(JobLogLevel.Error, Evil("log")),
            new PartialEvent(0, 3, Ok: true, Evil("piece")),
            new PartialEvent(1, 3, Ok: false, Error: Evil("failure")),
            new PartialEvent(2, 3, Ok: true, Data: JsonSerializer.SerializeToElement(Evil("data"))),
            new InputRequiredEvent("r1", Evil("question"), [Evil("option")], TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(1)));
        var page = Render<JobPage>(p => p.Add(x => x.Id, job.Id.ToString()));
        page.WaitForElement("h1");
        var text = string.Concat(page.Nodes.Select(n => n.TextContent));
        Assert.Empty(page.FindAll("img, b, script"));

        Address.NavigateTo($"jobs/{job.Id}?tab=events");
        page.WaitForAssertion(() => Assert.Contains("log", page.Find("#raw-events").TextContent, StringComparison.Ordinal));
        foreach (var where in (string[])["title", "tag", "engine", "stage", "message", "log", "piece", "failure", "question", "option"])
            Assert.Contains($"<b>{where}</b>", text, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("img, b, script"));
    }

    [Fact]
    public async Task Markup_in_an_error_is_shown_as_text()
    {
        using var job = await DrivenJob.StartAsync(Services);
        await job.FinishAsync(JobState.Failed, new JobError(Evil("code"), Evil("error")));

        var page = Render<JobPage>(p => p.Add(x => x.Id, job.Id.ToString()));

        page.WaitForAssertion(() => Assert.Contains("<b>error</b>", page.Find(".problem").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("img, b, script"));
    }

    [Fact]
    public async Task Markup_in_a_listed_job_is_shown_as_text()
    {
        using var job = await DrivenJob.SubmitAsync(Services, Evil("title"));
        await job.StartAsync(Evil("engine"), new StageDeclaration("one", Evil("stage"), 1));
        await job.SayAsync(new StageEvent("one", Evil("stage"), 1, 1));

        var list = Render<LiveJobList>();

        list.WaitForAssertion(() => Assert.Contains("<b>stage</b>", list.Find(".row").TextContent, StringComparison.Ordinal));
        Assert.Empty(list.FindAll("img, b, script"));
    }
}
