using Bunit;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Chat;
using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Tests.Components.Chat;

/// <summary>A conversation: what was asked before, what is asked now, here or elsewhere, and its answers.</summary>
public sealed class SessionChatTests : ChatTest
{
    [Fact]
    public async Task A_question_is_shown_at_once_and_its_answer_when_it_comes()
    {
        await RunAsync();
        var chat = Open(await SessionAsync());

        await WriteAsync(chat, "total net_amount by region");

        chat.WaitForAssertion(() => Assert.Contains("East", chat.Find(".answer .said").TextContent, StringComparison.Ordinal));
        Assert.Equal("total net_amount by region", chat.Find(".asked p").TextContent);
        chat.WaitForAssertion(() => Assert.Equal("total net_amount by region", chat.Find("h1").TextContent)); // named after its first question
        Assert.Equal("", chat.Find("textarea").GetAttribute("value"));
        chat.WaitForAssertion(() => Assert.Equal("total net_amount by region", Assert.Single(JSInterop.Invocations["sent"]).Arguments[1])); // the browser keeps it no longer
        Assert.Equal(["East", "5", "West", "3"], chat.FindAll("td").Select(c => c.TextContent));
        chat.WaitForAssertion(() => Assert.Matches("^[0-9]+ steps · ", chat.Find(".steps summary").TextContent));
        Assert.False(chat.Find(".steps").HasAttribute("open"));
        chat.WaitForAssertion(() => Assert.Equal("orders.csv · 2 rows · 3 columns", chat.Find(".head summary").TextContent));
        chat.WaitForAssertion(() => Assert.NotEmpty(chat.FindAll("[aria-label=Examples] button")));
    }

    [Fact]
    public async Task An_unclear_word_is_asked_about_in_the_bubble_and_settled_there()
    {
        await RunAsync();
        var chat = Open(await SessionAsync());
        await WriteAsync(chat, "total amount by region");
        chat.WaitForElement(".question");
        Assert.True(chat.Find(".steps").HasAttribute("open"));
        Assert.Contains(chat.FindAll(".steps li"), line => line.Text().EndsWith("(Step 1/5)", StringComparison.Ordinal));

        await chat.One("button", "gross_amount").ClickAsync(new());

        chat.WaitForAssertion(() => Assert.Contains("6", chat.Find(".answer .said").TextContent, StringComparison.Ordinal));
        Assert.Empty(chat.FindAll(".question"));
        chat.WaitForAssertion(() => Assert.Contains("“amount” means gross_amount", chat.Find(".head").Text(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_asked_before_and_what_is_asked_elsewhere_is_there_in_order()
    {
        var session = await SessionAsync();
        var other = await SessionAsync("a,b\n1,2\n", "other.csv");
        await AskAsync(session, "first?");
        await AskAsync(other, "of another session?");
        var chat = Open(session);
        chat.WaitForAssertion(() => Assert.Equal(["first?"], Questions(chat)));

        await AskAsync(other, "of another session again?");
        await AskAsync(session, "second?");

        chat.WaitForAssertion(() => Assert.Equal(["first?", "second?"], Questions(chat)));
    }

    [Fact]
    public async Task Of_many_questions_the_last_are_shown_and_earlier_ones_at_a_click()
    {
        var session = await SessionAsync();
        for (var i = 0; i < 22; i++)
            await AskAsync(session, $"question {i}");
        var chat = Open(session);
        chat.WaitForAssertion(() => Assert.Equal("question 2", Questions(chat).FirstOrDefault()));
        Assert.Equal(20, Questions(chat).Count());

        await chat.One("button", "Show earlier questions").ClickAsync(new());

        chat.WaitForAssertion(() => Assert.Equal("question 0", Questions(chat).FirstOrDefault()));
        Assert.Empty(chat.All("button", "Show earlier questions"));
    }

    [Fact]
    public async Task The_same_again_says_that_it_was_remembered_and_a_question_not_understood_offers_others()
    {
        await RunAsync();
        var chat = Open(await SessionAsync());
        await WriteAsync(chat, "total net_amount by region");
        chat.WaitForElement(".said");

        await chat.One("button", "Ask again").ClickAsync(new());
        chat.WaitForAssertion(() => Assert.Contains("Answered from memory", chat.Find(".cached").TextContent, StringComparison.Ordinal));
        await WriteAsync(chat, "sing me a song");
        chat.WaitForElement("[aria-label='Questions that are understood'] button");
        await chat.Find("[aria-label='Questions that are understood'] button").ClickAsync(new());

        chat.WaitForAssertion(() => Assert.Equal(4, Questions(chat).Count()));
    }

    [Fact]
    public async Task An_empty_question_and_one_that_is_refused_stay_written_and_say_why()
    {
        var session = await SessionAsync();
        var chat = Open(session);
        await WriteAsync(chat, "  ");
        Assert.Equal("Ask something first.", chat.One("alert").TextContent);
        await Sessions.DeleteAsync(Owner, session.Id, CancellationToken.None);

        await WriteAsync(chat, "total net_amount");

        Assert.Contains("This session was deleted", chat.One("alert").TextContent, StringComparison.Ordinal);
        Assert.Equal("total net_amount", chat.Find("textarea").GetAttribute("value"));
        Assert.Empty(JSInterop.Invocations["sent"]);
    }

    [Fact]
    public async Task A_question_that_waits_can_be_canceled_and_asked_again()
    {
        var session = await SessionAsync();
        await AskAsync(session, "first?");
        var chat = Open(session);
        chat.WaitForElement(".foot button");

        await chat.One("button", "Cancel").ClickAsync(new());
        chat.WaitForAssertion(() => Assert.Contains("Canceled; there is no answer.", chat.Find(".answer").TextContent, StringComparison.Ordinal));
        await chat.One("button", "Retry").ClickAsync(new());

        chat.WaitForAssertion(() => Assert.Equal(["first?", "first?"], Questions(chat)));
    }

    [Fact]
    public async Task What_goes_wrong_is_said_with_what_to_do()
    {
        await RunAsync();
        var session = await SessionAsync("a,b\n");
        await AskAsync(session, "total a");

        var chat = Open(session);

        chat.WaitForAssertion(() => Assert.Contains("begin a new session", chat.Find(".answer .problem").TextContent, StringComparison.Ordinal));
        Assert.Contains("The table has no rows.", chat.Find(".answer .problem").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(chat.All("button", "Retry"));
    }

    [Fact]
    public async Task Somebody_elses_session_does_not_exist()
    {
        var session = await SessionAsync(owner: "bob");
        await AskAsync(session, "his?", "bob");

        var chat = Open(session);

        chat.WaitForAssertion(() => Assert.Equal("There is no such session", chat.Find("h1").TextContent));
        Assert.DoesNotContain("his?", chat.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_question_says_so()
    {
        var session = await SessionAsync();
        var id = await AskAsync(session, "first?");
        await Jobs.CancelAsync(id, Owner, CancellationToken.None);
        var chat = Open(session);
        chat.WaitForElement(".foot");

        await Jobs.DeleteAsync(id, Owner, CancellationToken.None);
        var again = Open(session);

        again.WaitForAssertion(() => Assert.Empty(Questions(again)));
        Assert.Equal(["first?"], Questions(chat));
    }

    private static IEnumerable<string> Questions(IRenderedComponent<SessionChat> chat) =>
        chat.FindAll(".asked p").Select(q => q.TextContent);

    private static async Task WriteAsync(IRenderedComponent<SessionChat> chat, string question)
    {
        await chat.Field("Question").ChangeAsync(question);
        await chat.Find("form.composer").SubmitAsync();
    }

    private IRenderedComponent<SessionChat> Open(AnalysisSession session)
    {
        var chat = Render<SessionChat>(p => p.Add(c => c.Id, session.Id));
        chat.WaitForState(() => !chat.Markup.Contains("Opening the session", StringComparison.Ordinal));
        return chat;
    }
}
