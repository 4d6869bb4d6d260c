using Bunit;
using ProgressHub.Tests.Components.Chat;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Chat;
using ProgressHub.Web.Components.Pages;
using ProgressHub.Web.Components.Submit;

namespace ProgressHub.Tests.Components.Pages;

/// <summary>The pages of sessions: the list of them, one, and two side by side; and home, which knows them.</summary>
public sealed class AnalysisPageTests : ChatTest
{
    [Fact]
    public async Task A_session_over_the_sample_begins_at_a_click()
    {
        var page = Render<AnalysisPage>();
        page.WaitForAssertion(() => Assert.Contains("No sessions yet", page.Markup, StringComparison.Ordinal));

        await page.One("button", "Ask this sample").ClickAsync(new());

        var session = Assert.Single(await Sessions.ListAsync(Owner, CancellationToken.None));
        Assert.Equal("prices", session.Sample);
        Assert.EndsWith($"analysis/{session.Id}", Address.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_are_listed_with_what_is_known_of_their_tables_and_deleted_if_one_is_sure()
    {
        await SessionAsync(name: "a.csv");
        var page = Render<AnalysisPage>();
        page.WaitForAssertion(() => Assert.Contains("read with the first question · used just now", page.Find(".row").Text(), StringComparison.Ordinal));

        await page.One("button", "Delete a.csv").ClickAsync(new());
        await page.One("button", "Keep it").ClickAsync(new());
        Assert.NotEmpty(page.FindAll(".row"));
        await page.One("button", "Delete a.csv").ClickAsync(new());
        await page.One("button", "Yes, delete it").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".row")));
        Assert.Empty(await Sessions.ListAsync(Owner, CancellationToken.None));
    }

    [Fact]
    public async Task Many_sessions_come_in_pages()
    {
        for (var i = 0; i < 21; i++)
            await SessionAsync(name: $"{i}.csv");
        var list = Render<SessionCards>();
        list.WaitForAssertion(() => Assert.Equal(20, list.FindAll(".row").Count));
        Assert.EndsWith("analysis?page=2", list.One("link", "Older").GetAttribute("href"), StringComparison.Ordinal);

        list.Render(p => p.Add(l => l.Page, 2));

        Assert.Single(list.FindAll(".row"));
        Assert.EndsWith("analysis?page=1", list.One("link", "Newer").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_sessions_stand_side_by_side_and_either_can_be_closed()
    {
        var a = await SessionAsync(name: "a.csv");
        var b = await SessionAsync("x,y\n1,2\n", "b.csv");
        Address.NavigateTo($"/analysis/{a.Id}?with={b.Id}");

        var page = Render<SessionPage>(p => p.Add(x => x.Id, a.Id));

        page.WaitForAssertion(() => Assert.Equal(["a.csv", "b.csv"], page.FindAll("section h2").Select(h => h.TextContent)));
        Assert.Equal($"analysis/{b.Id}", page.One("link", "Close a.csv").GetAttribute("href"));
        Assert.Equal($"analysis/{a.Id}", page.One("link", "Close b.csv").GetAttribute("href"));
        Assert.Equal(page.FindAll("[id]").Count, page.FindAll("[id]").Select(e => e.Id).Distinct().Count());
    }

    [Fact]
    public async Task Another_session_is_chosen_to_stand_beside_and_nothing_again()
    {
        var a = await SessionAsync(name: "a.csv");
        var b = await SessionAsync(name: "b.csv");
        var page = Render<SessionPage>(p => p.Add(x => x.Id, a.Id));
        page.WaitForElement("#beside");

        await page.Find("#beside").ChangeAsync(b.Id);
        Assert.EndsWith($"analysis/{a.Id}?with={b.Id}", Address.Uri, StringComparison.Ordinal);
        await page.Find("#beside").ChangeAsync("");

        Assert.EndsWith($"analysis/{a.Id}", Address.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Home_asks_a_session_and_goes_to_its_conversation()
    {
        var session = await SessionAsync();
        var form = Render<QuestionForm>();
        form.WaitForState(() => form.All("radio").Count == 2);
        Assert.Equal("analysis", form.One("link", "Upload a table of your own").GetAttribute("href"));

        await form.Find($"input[value='{session.Id}']").ChangeAsync(session.Id);
        await form.Field("Question").ChangeAsync("total net_amount");
        await form.Find("form").SubmitAsync();

        Assert.EndsWith($"analysis/{session.Id}", Address.Uri, StringComparison.Ordinal);
    }
}
