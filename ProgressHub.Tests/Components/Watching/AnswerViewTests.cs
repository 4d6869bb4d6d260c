using System.Text;
using System.Text.Json;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Watching;

namespace ProgressHub.Tests.Components.Watching;

/// <summary>Answers, over documents and over a table.</summary>
public sealed class AnswerViewTests : ComponentTest
{
    private static readonly JobSnapshot Running =
        JobSnapshot.Empty(JobId.New(), DateTimeOffset.UnixEpoch) with { Kind = "ask", State = JobState.Running, Attempt = 1 };

    [Fact]
    public void An_answer_is_read_as_it_is_written_with_its_sources()
    {
        var view = Render<AskView>(p => p
            .Add(v => v.Job, Running)
            .Add(v => v.Items,
            [
                Found("""
                    {"citations":[{"n":1,"title":"Verse 40","quote":"The rain is past","url":"/api/collections/guan_yu/passages/40"}],
                     "confidence":{"value":0.834,"meaning":"How well the passages match."}}
                    """),
                Said(1, "The best passage:\n\n**Verse 40** [1]\n\n> The rain "), Said(2, "is past\n\n---\n"),
            ]));

        Assert.Equal("Answer so far", view.Find("h2").TextContent);
        Assert.Equal(["Verse 40"], view.FindAll("strong").Select(s => s.TextContent));
        Assert.Equal("The rain is past", view.Find(".answer blockquote").TextContent.Trim());
        Assert.Equal("Fit: strong 0.83", view.Find(".match").TextContent);
        Assert.Contains("How well the passages match.", view.Markup, StringComparison.Ordinal);
        Assert.Equal("collections/guan_yu/passages/40", view.One("link", "Open the passage").GetAttribute("href"));
    }

    [Fact]
    public void What_an_answer_says_is_text_and_its_sources_lead_nowhere_else()
    {
        var view = Render<AskView>(p => p
            .Add(v => v.Job, Running with { State = JobState.Succeeded })
            .Add(v => v.Items,
            [
                Found("""{"citations":[{"n":1,"title":"<b>x</b>","quote":"<i>y</i>","url":"https://example.org/"}]}"""),
                Said(1, "<script>alert(1)</script> ![x](https://example.org/a.png) [here](https://example.org) **odd"),
            ]));

        Assert.Empty(view.FindAll("script, img, a, b, i"));
        Assert.Contains("**odd", view.Find(".answer").TextContent, StringComparison.Ordinal);
        Assert.Contains("<b>x</b>", view.Find("summary").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Pieces_that_are_no_findings_harm_nothing()
    {
        var view = Render<AskView>(p => p
            .Add(v => v.Job, Running with { State = JobState.Failed }).Add(v => v.Items, [Found("[1]"), Said(1, "")]));

        Assert.Contains("There is no answer", view.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_to_a_question_over_a_table_comes_in_words_as_a_chart_and_as_rows()
    {
        using var job = await DrivenJob.StartAsync(Services);
        var view = Render<AnalysisView>(p => p.Add(v => v.Job, Running));
        Assert.Contains("once the query has run", view.Markup, StringComparison.Ordinal);
        await Services.GetRequiredService<IJobStore>().SaveResultAsync(
            new AttemptFence(job.Id, 1, "test"),
            new ResultDocument("application/json", "answer.json", Encoding.UTF8.GetBytes("""
                {"text":"HALO has the highest.","sql":"SELECT 1","columns":[{"name":"symbol"},{"name":"v"}],
                 "rows":[["HALO",0.5],["<b>",null]],"chart":{"type":"bar","title":"Volatility","series":[{"points":[{"label":"HALO","y":0.5}]}]},"warnings":["3 rows were left out"]}
                """)),
            CancellationToken.None);

        view.Render(p => p.Add(v => v.Job, Running with
        {
            JobId = job.Id, State = JobState.Succeeded, ResultUrl = JobUrls.Result(job.Id),
        }));

        view.WaitForAssertion(() => Assert.Equal("HALO has the highest.", view.Find(".said").TextContent));
        Assert.Equal(["HALO", "0.5", "<b>", ""], view.FindAll("td").Select(cell => cell.TextContent));
        Assert.Equal("Volatility", view.Find("svg[role=img] > title").TextContent);
        Assert.Contains("3 rows were left out", view.Markup, StringComparison.Ordinal);
        Assert.Contains("SELECT 1", view.Find("pre").TextContent, StringComparison.Ordinal);
        Assert.EndsWith("format=csv&download=true", view.One("link", "Download as CSV").GetAttribute("href"), StringComparison.Ordinal);
    }

    private static PartialEvent Found(string data) =>
        new(0, null, Ok: true, Text: null, JsonDocument.Parse(data).RootElement);

    private static PartialEvent Said(int index, string text) => new(index, null, Ok: true, text);
}
