using Bunit;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Submit;
using ProgressHub.Web.Components.Webhooks;

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
    public async Task The_job_tells_the_address_that_is_written_and_its_secret_is_shown_once()
    {
        var form = Render<TranslationForm>();
        await form.Field("Text to translate").ChangeAsync("Hello");
        await form.Field("Address").ChangeAsync("nonsense");
        await form.Find("form").SubmitAsync();
        Assert.Contains("absolute http or https address", form.DescriptionOf(form.Field("Address")), StringComparison.Ordinal);
        await form.Field("Address").ChangeAsync("https://a.example/hook");
        await form.Field("Tell of it").ChangeAsync("started,inputRequired,done");

        await form.Find("form").SubmitAsync();

        var id = JobId.Parse(Address.Uri.Split("/jobs/")[1], null);
        var webhook = (await Store.Webhooks.FindAsync(id, CancellationToken.None))!.Target;
        Assert.Equal("https://a.example/hook", webhook.Url);
        Assert.Equal(["started", "inputRequired", "done"], webhook.Events);
        var told = Render<NewSecret>(p => p.Add(secret => secret.JobId, id)).Find("code").TextContent;
        Assert.Equal(webhook.ProtectedSecret.ToArray(), new PlainProtector().Protect(Convert.FromBase64String(told["whsec_".Length..])));
        Assert.Empty(Render<NewSecret>(p => p.Add(secret => secret.JobId, id)).Markup.Trim());
    }

    [Fact]
    public async Task The_kept_address_is_filled_in_and_signs_with_its_own_secret_and_clearing_it_tells_nobody()
    {
        var page = Render<DefaultEndpoint>();
        await page.Field("Address").ChangeAsync("https://mine.example/hook");
        await page.Find("form").SubmitAsync();
        var secret = page.Find(".made code").TextContent;

        var first = await SubmittedAsync(null);
        var second = await SubmittedAsync("");

        var target = (await Store.Webhooks.FindAsync(first, CancellationToken.None))!.Target;
        Assert.Equal("https://mine.example/hook", target.Url);
        Assert.Equal(new PlainProtector().Protect(Convert.FromBase64String(secret["whsec_".Length..])), target.ProtectedSecret.ToArray());
        Assert.Empty(Render<NewSecret>(p => p.Add(shown => shown.JobId, first)).Markup.Trim());
        Assert.Null(await Store.Webhooks.FindAsync(second, CancellationToken.None));

        await page.One("button", "Remove").ClickAsync(new());
        Assert.Null(await Store.Webhooks.FindAsync(await SubmittedAsync(null), CancellationToken.None));

        async Task<JobId> SubmittedAsync(string? url)
        {
            var form = Render<TranslationForm>();
            await form.Field("Text to translate").ChangeAsync("Hello");
            if (url is not null)
                await form.Field("Address").ChangeAsync(url);
            await form.Find("form").SubmitAsync();
            return JobId.Parse(Address.Uri.Split("/jobs/")[1], null);
        }
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
