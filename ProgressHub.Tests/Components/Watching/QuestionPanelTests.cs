using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Pages;

namespace ProgressHub.Tests.Components.Watching;

public sealed class QuestionPanelTests : ComponentTest
{
    [Fact]
    public async Task An_option_is_an_answer_at_a_click()
    {
        var answer = Ask("Which Georgia?", ["The country", "The state"]);
        await using var runner = await RunAsync();
        var page = Open(await SubmitAsync());
        page.WaitForElement(".question");
        Assert.Contains("left", page.Find(".countdown").TextContent, StringComparison.Ordinal);
        Assert.Equal("Needs an answer · Letter", TitleOf(page));

        await page.One("button", "The state").ClickAsync(new());

        Assert.Equal("The state", await answer.Soon());
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".question h2")));
    }

    [Fact]
    public async Task Without_options_the_answer_is_written()
    {
        var answer = Ask("What is the ship called?", null);
        await using var runner = await RunAsync();
        var page = Open(await SubmitAsync());
        page.WaitForElement(".question");

        await page.Find(".question form").SubmitAsync();
        Assert.Equal("Write an answer first.", page.One("alert").TextContent);
        await page.Field("Your answer").ChangeAsync("Hope");
        await page.Find(".question form").SubmitAsync();

        Assert.Equal("Hope", await answer.Soon());
    }

    private Task<string?> Ask(string question, IReadOnlyList<string>? options)
    {
        var answer = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        Translation.Run = async context => answer.SetResult(await context.AskAsync(question, options, TimeSpan.FromMinutes(1)));
        return answer.Task;
    }

    private async Task<JobId> SubmitAsync() => (await DrivenJob.SubmitAsync(Services)).Id;

    private async Task<IAsyncDisposable> RunAsync()
    {
        var runner = Services.GetRequiredService<JobRunner>();
        await runner.StartAsync(CancellationToken.None);
        return new Stop(runner);
    }

    private IRenderedComponent<JobPage> Open(JobId id) => Render<JobPage>(p => p.Add(x => x.Id, id.ToString()));

    private sealed class Stop(JobRunner runner) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(runner.StopAsync(CancellationToken.None));
    }
}
