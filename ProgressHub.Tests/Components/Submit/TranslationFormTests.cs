using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Submit;

namespace ProgressHub.Tests.Components.Submit;

public sealed class TranslationFormTests : ComponentTest
{
    [Fact]
    public async Task Submitting_goes_to_the_new_job()
    {
        var form = Render<TranslationForm>();
        await form.Field("Text to translate").ChangeAsync("Hello");
        await form.Field("Into").ChangeAsync("fr");

        await form.Find("form").SubmitAsync();

        var input = Assert.Single(Translation.Accepted);
        Assert.Equal(
            """{"text":"Hello","format":"plain","targetLanguage":"fr","engine":"pseudo"}""", input.GetRawText());
        var id = JobId.Parse(Address.Uri.Split("/jobs/")[1], null);
        Assert.NotNull(await Jobs.FindAsync(id, "local", CancellationToken.None));
    }

    [Fact]
    public async Task A_second_press_while_the_first_is_under_way_submits_nothing()
    {
        Translation.Gate = new TaskCompletionSource();
        var form = Render<TranslationForm>();
        await form.Field("Text to translate").ChangeAsync("Hello");

        var first = form.Find("form").SubmitAsync();
        Assert.True(form.One("button", "Submitting…").HasAttribute("disabled"));
        await form.Find("form").SubmitAsync();
        Translation.Gate.SetResult();
        await first.Soon();

        Assert.Single((await Jobs.ListAsync(new JobQuery { Owner = "local" }, CancellationToken.None)).Items);
    }

    [Fact]
    public async Task A_draft_that_is_sent_again_by_another_page_is_the_same_job_and_a_changed_one_is_another()
    {
        var drafts = JSInterop.SetupModule("./ui/drafts.js");
        drafts.Mode = JSRuntimeMode.Loose;
        drafts.Setup<string>("attach", _ => true).SetResult("draft-1");

        var first = await SendAsync("Hello");
        Assert.Equal(first, await SendAsync("Hello"));
        var second = await SendAsync("Hello again");
        Assert.NotEqual(first, second);
        Assert.Equal(second, await SendAsync("Hello again"));

        await Jobs.CancelAsync(JobId.Parse(second, null), "local", CancellationToken.None);
        Assert.True(await Jobs.DeleteAsync(JobId.Parse(second, null), "local", CancellationToken.None));
        Assert.DoesNotContain(await SendAsync("Hello again"), new[] { first, second });
    }

    [Fact]
    public async Task What_is_missing_is_said_beside_its_field()
    {
        var form = Render<TranslationForm>();
        await form.Field("Into").ChangeAsync("other");
        await form.Field("Language code").ChangeAsync("nonsense!");

        await form.Find("form").SubmitAsync();

        var text = form.Field("Text to translate");
        Assert.Equal("true", text.GetAttribute("aria-invalid"));
        Assert.Contains("Paste a text", form.DescriptionOf(text), StringComparison.Ordinal);
        Assert.Contains("give a code", form.DescriptionOf(form.Field("Language code")), StringComparison.Ordinal);
        Assert.Empty(Translation.Accepted);
    }

    [Fact]
    public async Task The_focus_goes_to_the_first_field_with_a_problem()
    {
        var module = JSInterop.SetupModule("./ui/focus.js");
        module.Setup<object>("first", _ => true).SetResult(new object());
        var form = Render<TranslationForm>();
        Assert.Empty(module.Invocations);

        await form.Find("form").SubmitAsync();

        Assert.Equal("form [aria-invalid=true]", Assert.Single(module.Invocations["first"]).Arguments[0]);
    }

    [Fact]
    public async Task What_the_workload_refuses_is_said_beside_its_field()
    {
        Translation.Refusal = new WorkloadException("unknown_language", "This engine has no Klingon.") { Property = "targetLanguage" };
        var form = Render<TranslationForm>();
        await form.Field("Text to translate").ChangeAsync("Hello");

        await form.Find("form").SubmitAsync();

        Assert.Equal("This engine has no Klingon.", form.DescriptionOf(form.Field("Into")));
        Assert.False(form.One("button", "Translate").HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_refusal_that_is_of_no_field_is_an_alert_and_the_text_stays()
    {
        Translation.Refusal = new WorkloadException("queue_full", "Too many jobs wait already.");
        var form = Render<TranslationForm>();
        await form.Field("Text to translate").ChangeAsync("Hello");

        await form.Find("form").SubmitAsync();

        Assert.Equal("Too many jobs wait already.", form.One("alert").Text());
        Assert.Equal("Hello", form.Field("Text to translate").GetAttribute("value"));
    }

    [Fact]
    public async Task Who_submits_more_than_a_minute_allows_is_told_so_and_the_text_stays()
    {
        Services.Configure<LimitOptions>(limits => limits.SubmissionsPerMinute = 1);
        var form = Render<TranslationForm>();
        await form.Field("Text to translate").ChangeAsync("Hello");
        await form.Find("form").SubmitAsync();

        await form.Find("form").SubmitAsync();

        Assert.Matches("^Too many jobs were submitted within a minute.*again in (1 second|\\d+ seconds)", form.One("alert").Text());
        Assert.Equal("Hello", form.Field("Text to translate").GetAttribute("value"));
        Assert.Single((await Jobs.ListAsync(new JobQuery { Owner = "local" }, CancellationToken.None)).Items);
    }

    [Fact]
    public async Task A_store_that_refuses_leaves_the_text_where_it_is()
    {
        Store.Broken = true;
        var form = Render<TranslationForm>();
        await form.Field("Text to translate").ChangeAsync("Hello");

        await form.Find("form").SubmitAsync();

        Assert.Contains("Your text is still here", form.One("alert").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sample_is_one_click_away()
    {
        var form = Render<TranslationForm>();

        await form.One("button", "Subtitles").ClickAsync(new());

        Assert.Contains("-->", form.Field("Text to translate").GetAttribute("value"), StringComparison.Ordinal);
        Assert.Equal("srt", form.Field("Format").GetAttribute("value"));
    }

    [Fact]
    public void A_dropped_file_fills_the_text_and_says_its_format()
    {
        var form = Render<TranslationForm>();

        form.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("# Title", "notes.md"));

        form.WaitForAssertion(() => Assert.Equal("# Title", form.Field("Text to translate").GetAttribute("value")));
        Assert.Equal("markdown", form.Field("Format").GetAttribute("value"));
        Assert.Contains("from notes.md", form.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_can_not_be_taken_says_why_beside_the_text()
    {
        var form = Render<TranslationForm>();

        form.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary([0xE4, 0x20], "notes.txt"));

        form.WaitForAssertion(() => Assert.Contains(
            "not UTF-8", form.DescriptionOf(form.Field("Text to translate")), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_file_is_shown_by_its_beginning_and_submitted_whole()
    {
        var form = Render<TranslationForm>();
        var text = new string('a', TranslationDraft.MaxEditable + 1);
        form.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText(text, "long.txt"));
        form.WaitForElement(".preview");
        Assert.Empty(form.FindAll("textarea"));

        await form.Find("form").SubmitAsync();

        Assert.Equal(text, Assert.Single(Translation.Accepted).GetProperty("text").GetString());
    }

    [Fact]
    public async Task The_text_is_counted()
    {
        var form = Render<TranslationForm>();

        await form.Field("Text to translate").ChangeAsync("One two\nthree");

        Assert.StartsWith("13 characters · 3 words", form.Find("#source-count").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_size_of_a_piece_is_checked()
    {
        var form = Render<TranslationForm>();
        await form.Field("Text to translate").ChangeAsync("Hello");
        await form.Field("Characters a piece").ChangeAsync("7");

        await form.Find("form").SubmitAsync();

        Assert.Contains("from 50 to 20,000", form.DescriptionOf(form.Field("Characters a piece")), StringComparison.Ordinal);
    }

    /// <summary>Submits a text on a page of its own; returns the job it leads to.</summary>
    private async Task<string> SendAsync(string text)
    {
        var form = Render<TranslationForm>();
        await form.Field("Text to translate").ChangeAsync(text);
        await form.Find("form").SubmitAsync();
        return Address.Uri.Split("/jobs/")[1];
    }
}
