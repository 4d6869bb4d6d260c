using System.Text.Json;
using Bunit;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Collections;
using ProgressHub.Web.Components.Pages;
using ProgressHub.Workloads.Knowledge.Collections;

namespace ProgressHub.Tests.Components.Pages;

public sealed class CollectionPageTests : KnowledgeComponentTest
{
    private static readonly StageDeclaration[] Stages =
        [new("reading", "Reading", 1), new("chunking", "Chunking", 1), new("embedding", "Embedding", 8), new("indexing", "Indexing", 1)];

    [Fact]
    public void An_address_of_nothing_is_said_and_somebody_elses_is_nothing()
    {
        var page = Open(new string('0', 32), "There is no such collection");

        Assert.Equal("collections", page.One("link").GetAttribute("href"));
    }

    [Fact]
    public void A_bundled_one_can_be_asked_and_not_be_changed()
    {
        var page = Open("guan_yu", "Verse 1:");

        Assert.Contains("It can't be changed or deleted.", page.Markup, StringComparison.Ordinal);
        Assert.NotNull(page.Field("Ask this collection"));
        Assert.Empty(page.FindAll("input[type=file]"));
        Assert.Empty(page.All("button", "Remove"));
        Assert.Empty(page.All("button", "Delete"));
    }

    [Fact]
    public async Task Documents_are_paged_there_and_back()
    {
        var made = await CreateAsync();
        await FillAsync(made.Id, [.. Enumerable.Range(0, 30).Select(i => ($"d{i:00}", $"Document {i} says this."))]);
        var page = Open(made.Id, "30 documents");
        page.WaitForAssertion(() => Assert.Equal("d24", page.FindAll(".documents .title")[^1].TextContent));

        await page.One("button", "Next").ClickAsync(new());
        page.WaitForAssertion(() => Assert.Equal("d25", page.FindAll(".documents .title")[0].TextContent));
        Assert.Equal(5, page.FindAll(".documents .title").Count);
        Assert.True(page.One("button", "Next").HasAttribute("disabled"));
        await page.One("button", "Previous").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Equal("d00", page.FindAll(".documents .title")[0].TextContent));
    }

    [Fact]
    public async Task A_document_goes_only_once_that_is_confirmed()
    {
        var made = await CreateAsync();
        await FillAsync(made.Id, ("<b>a", "Puffins nest in burrows."), ("z", "Terns dive."));
        var page = Open(made.Id, "2 documents");
        page.WaitForAssertion(() => page.One("button", "Remove z"));
        Assert.Empty(page.FindAll("b"));

        await page.One("button", "Remove z").ClickAsync(new());
        await page.One("button", "Keep z").ClickAsync(new());
        await page.One("button", "Remove z").ClickAsync(new());
        await page.One("button", "Yes, remove z").ClickAsync(new());

        page.WaitForAssertion(
            () => Assert.Equal(["<b>a"], page.FindAll(".documents .title").Select(t => t.TextContent)));
        page.WaitForAssertion(
            () => Assert.Contains("1 document ·", page.Find("header").Text(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_being_taken_in_is_shown_live_and_found_again()
    {
        var made = await CreateAsync();
        var other = await CreateAsync("Fish");
        using var job = await IngestAsync(made);
        using var elsewhere = await IngestAsync(other);
        await job.StartAsync("hashed-1", Stages);
        var page = Open(made.Id, "1 document into Birds");
        Assert.DoesNotContain("into Fish", page.Markup, StringComparison.Ordinal);

        await job.SayAsync(new StageEvent("embedding", "Embedding", 3, 4), Became(0, "indexed"), Became(1, "failed", "There is no text in it."));
        page.WaitForAssertion(() => Assert.Equal("1 new 0 replaced 0 unchanged 1 failed", page.Find(".counts").Text()));
        page.WaitForAssertion(() => Assert.Equal("Embedding (under way)", page.Find("[aria-current=step]").Text()));
        Assert.Contains("d1 There is no text in it.", page.Find(".failures").Text(), StringComparison.Ordinal);

        var again = Open(made.Id, "There is no text in it.");
        Assert.Equal("Embedding (under way)", again.Find("[aria-current=step]").Text());
        await job.SayAsync(Became(2, "replaced"), Became(3, "unchanged"));
        await job.FinishAsync(JobState.Failed, new JobError("items_failed", "1 part failed."));

        foreach (var shown in (IRenderedComponent<IComponent>[])[page, again])
            shown.WaitForAssertion(() => Assert.Equal("1 new 1 replaced 1 unchanged 1 failed", shown.Find(".counts").Text()));
        page.WaitForAssertion(() => Assert.Equal("1 of 4 failed", page.Find(".ingest .badge").Text()));
        Assert.Equal($"jobs/{job.Id}", page.Find(".ingest a").GetAttribute("href"));
    }

    [Fact]
    public async Task Vectors_of_an_earlier_kind_are_offered_to_be_made_anew()
    {
        var old = await Library.CreateAsync(Owner, "Old", null, "hashed", CancellationToken.None);
        var present = await CreateAsync();
        Assert.Empty(Open(present.Id, "Ask this collection").All("button", "Make them anew"));
        var page = Open(old.Id, "vectors by");

        await page.One("button", "Make them anew").ClickAsync(new());

        page.WaitForAssertion(() => Assert.Contains("the old ones serve", page.Find(".better").TextContent, StringComparison.Ordinal));
        var job = Assert.Single((await Jobs.ListAsync(new JobQuery { Owner = Owner }, CancellationToken.None)).Items);
        Assert.Equal(("rebuild", "New vectors for Old"), (job.Kind, job.Title));
        page.WaitForAssertion(() => Assert.Equal($"jobs/{job.JobId}", page.Find(".ingest a").GetAttribute("href")));
    }

    [Fact]
    public async Task A_question_goes_to_this_collection_in_the_language_that_was_chosen()
    {
        var made = await CreateAsync();
        var page = Open(made.Id, "Ask this collection");

        await page.Find("form[aria-label='New question']").SubmitAsync();
        Assert.Equal("Ask something first.", page.DescriptionOf(page.Field("Ask this collection")));
        await page.Field("Ask this collection").ChangeAsync("Where do puffins nest?");
        await page.Field("Language of the answer").ChangeAsync("zh");
        await page.Find("form[aria-label='New question']").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("/jobs/", Address.Uri, StringComparison.Ordinal));
        var input = await Jobs.ReadInputAsync(JobId.Parse(Address.Uri[^32..], null), Owner, CancellationToken.None);
        using var said = JsonDocument.Parse(input!.Value);
        Assert.Equal(
            (made.Id, "Where do puffins nest?", "zh", "extractive"),
            (said.RootElement.Text("collection"), said.RootElement.Text("question"), said.RootElement.Text("language"), said.RootElement.Text("engine")));
    }

    [Fact]
    public void A_citation_opens_as_a_page_and_one_that_is_gone_says_so()
    {
        var page = Render<PassagePage>(p => p.Add(x => x.Id, "guan_yu").Add(x => x.Number, "1"));
        page.WaitForAssertion(() => Assert.Equal("Passage 1 of 1", page.Find("p.muted").Text()[..14]));
        Assert.NotEmpty(page.Find(".text").TextContent);

        page.Render(p => p.Add(x => x.Number, "99999"));

        page.WaitForAssertion(() => Assert.Equal("There is no such passage", page.One("heading").TextContent));
    }

    [Fact]
    public void A_job_that_fills_a_collection_names_each_document_and_leads_to_the_collection()
    {
        var id = new string('a', 32);
        var view = Render<IngestView>(p => p
            .Add(v => v.Job, JobSnapshot.Empty(JobId.New(), DateTimeOffset.UnixEpoch) with
            {
                Kind = "ingest", State = JobState.Running, Tags = ["collection:javascript", $"collection:{id}"],
            })
            .Add(v => v.Items,
            [
                Became(0, "indexed"), Became(1, "unchanged"), Became(2, "failed", "There is no text in it."),
                new PartialEvent(3, 4, Ok: true, "<b>x</b>"),
            ]));

        Assert.Equal(
            ["d0 New", "d1 Unchanged, passed over", "d2 There is no text in it.", "A document Done"],
            view.All("listitem").Select(i => i.Text()));
        Assert.Equal([$"collections/{id}"], view.All("link").Select(a => a.GetAttribute("href")));
    }

    private Task<DrivenJob> IngestAsync(Collection collection) => DrivenJob.SubmitAsync(Services, new JobRequest
    {
        Kind = "ingest", Owner = Owner,
        Input = JsonSerializer.SerializeToElement(new { collection = collection.Id, documents = new[] { new { text = "a" } } }),
    });

    private static PartialEvent Became(int index, string status, string? message = null) => new(
        index, 4, Ok: message is null, Data: JsonSerializer.SerializeToElement(new { id = $"d{index}", status, message }), Error: message);

    private IRenderedComponent<CollectionPage> Open(string id, string shows)
    {
        var page = Render<CollectionPage>(p => p.Add(x => x.Id, id));
        page.WaitForAssertion(() => Assert.Contains(shows, page.Markup, StringComparison.Ordinal));
        return page;
    }
}
