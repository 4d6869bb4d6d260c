using Bunit;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Chat;

namespace ProgressHub.Tests.Components.Chat;

/// <summary>A question and what its job says on the way.</summary>
public sealed class ExchangeTests : ComponentTest
{
    [Fact]
    public async Task Lines_come_one_by_one_with_their_level_and_their_step_and_fold_up_at_the_end()
    {
        using var job = await DrivenJob.StartAsync(Services, "How many?");
        var exchange = Open(job);
        await job.SayAsync(new LogEvent(JobLogLevel.Info, "Checking cache", 1, 5));
        exchange.WaitForAssertion(() => Assert.Equal("Checking cache (Step 1/5)", exchange.One("log").Text()));
        Assert.Equal("polite", exchange.One("log").GetAttribute("aria-live"));
        Assert.Equal("true", exchange.Find(".answer").GetAttribute("aria-busy"));

        await job.SayAsync(new LogEvent(JobLogLevel.Success, "Found", 2, 5), new LogEvent(JobLogLevel.Warning, "Odd"), new LogEvent(JobLogLevel.Error, "Bad"));
        exchange.WaitForAssertion(() => Assert.Equal(
            ["Checking cache (Step 1/5)", "Success: Found (Step 2/5)", "Warning: Odd", "Error: Bad"], exchange.All("listitem").Skip(1).Select(l => l.Text())));
        Assert.Equal(["line info", "line success", "line warning", "line error"], exchange.FindAll(".line").Select(l => l.ClassName));
        Assert.True(exchange.Find(".steps").HasAttribute("open"));

        await job.FinishAsync();
        exchange.WaitForAssertion(() => Assert.StartsWith("4 steps · ", exchange.Find("summary").TextContent, StringComparison.Ordinal));
        Assert.False(exchange.Find(".steps").HasAttribute("open"));
        Assert.False(exchange.Find(".answer").HasAttribute("aria-busy"));
    }

    [Fact]
    public async Task Opening_it_in_the_middle_shows_what_came_before()
    {
        using var job = await DrivenJob.StartAsync(Services);
        await job.LogAsync("One");
        await job.LogAsync("Two");

        var exchange = Open(job);
        exchange.WaitForAssertion(() => Assert.Equal(["One", "Two"], exchange.FindAll(".line").Select(l => l.Text())));
        await job.LogAsync("Three");

        exchange.WaitForAssertion(() => Assert.Equal(["One", "Two", "Three"], exchange.FindAll(".line").Select(l => l.Text())));
    }

    [Fact]
    public async Task What_a_job_says_is_text()
    {
        const string evil = "<img src=x onerror=alert(1)> <b>x</b>";
        using var job = await DrivenJob.StartAsync(Services, evil);
        await job.LogAsync(evil);
        await job.SayAsync(new InputRequiredEvent("r1", evil, [evil], TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(1)));

        var exchange = Open(job);

        exchange.WaitForAssertion(() => Assert.Contains("<b>x</b>", exchange.Find(".question h2").TextContent, StringComparison.Ordinal));
        Assert.Contains("<b>x</b>", exchange.Find(".asked").TextContent, StringComparison.Ordinal);
        Assert.Contains("<b>x</b>", exchange.Find(".line").TextContent, StringComparison.Ordinal);
        await job.FinishAsync(JobState.Failed, new JobError("bad", evil));
        exchange.WaitForAssertion(() => Assert.Contains("<b>x</b>", exchange.Find(".problem").TextContent, StringComparison.Ordinal));
        Assert.Empty(exchange.FindAll("img, b, script"));
    }

    private IRenderedComponent<Exchange> Open(DrivenJob job)
    {
        var exchange = Render<Exchange>(p => p.Add(x => x.JobId, job.Id));
        exchange.WaitForElement(".foot");
        return exchange;
    }
}
