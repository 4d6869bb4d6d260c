using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Storage;

/// <summary>Listing: an owner's jobs, newest first, narrowed and in pages.</summary>
public abstract partial class EventLogContract
{
    [Fact]
    public async Task A_page_holds_an_owners_jobs_and_nobody_elses_newest_first()
    {
        var first = await CreateAsync();
        await CreateAsync("bob");
        var second = await CreateAsync();

        Assert.Equal([second.Id, first.Id], await ListAsync(new JobQuery { Owner = "ann" }));
        Assert.Empty(await ListAsync(new JobQuery { Owner = "eve" }));
    }

    [Fact]
    public async Task A_list_is_sorted_by_title_by_age_and_by_how_long_jobs_ran_in_pages_too()
    {
        var quick = await FinishedAsync(title: "beta");
        var slow = await StartedAsync(title: "Alpha");
        Clock.Advance(TimeSpan.FromMinutes(5));
        await CommitAsync(Finish(slow));
        var waits = await CreateAsync(title: "gamma");
        await CreateAsync("bob", title: "aaa");

        Assert.Equal([slow.Id, quick.Id, waits.Id], await SortedAsync(JobSorting.Title));
        Assert.Equal([quick.Id, slow.Id, waits.Id], await SortedAsync(JobSorting.Oldest));
        Assert.Equal([slow.Id, quick.Id, waits.Id], await SortedAsync(JobSorting.Longest));
        Assert.Equal([waits.Id], await ListAsync(new JobQuery { Owner = "ann", Sorting = JobSorting.Title, Text = "AMM" }));
        Assert.Equal([waits.Id], await ListAsync(new JobQuery { Owner = "ann", Sorting = JobSorting.Title, States = [JobState.Queued], Kind = "translation" }));
    }

    [Fact]
    public async Task Oldest_first_a_page_goes_on_after_the_last_job_of_the_one_before_whatever_has_gone_meanwhile()
    {
        var gone = await FinishedAsync(title: "one");
        var second = await CreateAsync(title: "two");
        var third = await CreateAsync(title: "three");
        var query = new JobQuery { Owner = "ann", Sorting = JobSorting.Oldest, Limit = 2 };
        var first = await Log.ListAsync(query, None);
        Assert.Equal([gone.Id, second.Id], first.Items.Select(item => item.JobId));

        await Store.PurgeAsync(gone.Id, Now, None);

        Assert.Equal([third.Id], (await Log.ListAsync(query with { Before = first.Next }, None)).Items.Select(item => item.JobId));
    }

    private async Task<List<JobId>> SortedAsync(JobSorting sorting)
    {
        List<JobId> ids = [];
        long? before = null;
        do
        {
            var page = await Log.ListAsync(new JobQuery { Owner = "ann", Sorting = sorting, Limit = 2, Before = before }, None);
            ids.AddRange(page.Items.Select(item => item.JobId));
            before = page.Next;
        }
        while (before is not null);

        return ids;
    }

    [Theory]
    [InlineData(false, false, false)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(true, true, false)]
    [InlineData(false, false, true)]
    [InlineData(true, true, true)]
    public async Task Pages_follow_one_another_without_overlap_or_hole(bool byKind, bool byState, bool byTag)
    {
        List<JobId> expected = [];
        for (var i = 0; i < 7; i++)
        {
            expected.Insert(0, (await CreateAsync(tags: ["t"])).Id);
            await CreateAsync("bob", tags: ["t"]);
        }

        List<JobId> pages = [];
        long? before = null;
        do
        {
            var page = await Log.ListAsync(
                new JobQuery
                {
                    Owner = "ann", Kind = byKind ? "translation" : null,
                    Tag = byTag ? "t" : null, Text = byTag ? "lett" : null,
                    States = byState ? [JobState.Queued, JobState.Failed] : [], Limit = 3, Before = before,
                },
                None);
            pages.AddRange(page.Items.Select(item => item.JobId));
            before = page.Next;
        }
        while (before is not null);

        Assert.Equal(expected, pages);
    }

    [Fact]
    public async Task An_owners_jobs_are_counted_by_state_narrowed_as_a_list_is()
    {
        await CreateAsync(tags: ["t"]);
        await CreateAsync();
        await CreateAsync("bob");

        async Task<long> CountAsync(JobQuery query) => (await Log.CountAsync(query, None)).GetValueOrDefault(JobState.Queued);

        Assert.Equal([JobState.Queued], (await Log.CountAsync(new JobQuery { Owner = "ann" }, None)).Keys);
        Assert.Equal(2, await CountAsync(new JobQuery { Owner = "ann", States = [JobState.Failed] }));
        Assert.Equal(1, await CountAsync(new JobQuery { Owner = "ann", Tag = "t" }));
        Assert.Equal(2, await CountAsync(new JobQuery { Owner = "ann", Kind = "translation", Text = "LETT" }));
        Assert.Equal(0, await CountAsync(new JobQuery { Owner = "ann", Kind = "other" }));
        Assert.Empty(await Log.CountAsync(new JobQuery { Owner = "eve" }, None));
    }

    [Fact]
    public async Task A_page_that_ends_exactly_at_the_end_has_no_next()
    {
        await CreateAsync();
        await CreateAsync();

        Assert.Null((await Log.ListAsync(new JobQuery { Owner = "ann", Limit = 2 }, None)).Next);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-5, 1)]
    [InlineData(1000, 200)]
    public async Task A_limit_out_of_range_is_taken_as_the_nearest_in_it(int limit, int expected)
    {
        await Task.WhenAll(Enumerable.Range(0, 201).Select(_ => CreateAsync()));

        Assert.Equal(expected, (await ListAsync(new JobQuery { Owner = "ann", Limit = limit })).Count());
    }

    [Fact]
    public async Task Kind_state_tag_and_text_narrow_together()
    {
        var queued = await CreateAsync(title: "Alpha");
        var analysis = await CreateAsync(kind: "analysis", title: "Alpha beta", tags: ["red", "blue"]);
        var running = await StartedAsync(kind: "knowledge", title: "Beta");
        var finished = await FinishedAsync(kind: "external", title: "Gamma");

        Assert.Equal([analysis.Id], await ListAsync(new JobQuery { Owner = "ann", Kind = "analysis" }));
        Assert.Equal([running.Id], await ListAsync(new JobQuery { Owner = "ann", States = [JobState.Running] }));
        Assert.Equal(
            [finished.Id, running.Id],
            await ListAsync(new JobQuery { Owner = "ann", States = [JobState.Running, JobState.Succeeded] }));
        Assert.Equal(
            [running.Id],
            await ListAsync(new JobQuery { Owner = "ann", States = [JobState.Running, JobState.Running] }));
        Assert.Equal([analysis.Id], await ListAsync(new JobQuery { Owner = "ann", Tag = "blue" }));
        Assert.Empty(await ListAsync(new JobQuery { Owner = "bob", Tag = "blue" }));
        Assert.Equal([analysis.Id, queued.Id], await ListAsync(new JobQuery { Owner = "ann", Text = "alpha" }));
        Assert.Equal(
            [analysis.Id],
            await ListAsync(new JobQuery
            {
                Owner = "ann", Kind = "analysis", States = [JobState.Queued], Tag = "red", Text = "BETA",
            }));
        Assert.Empty(await ListAsync(new JobQuery { Owner = "ann", Kind = "analysis", States = [JobState.Running] }));
    }

    [Theory]
    [InlineData("100% sure", "0%", true)]
    [InlineData("100 sure", "0%", false)]
    [InlineData("a_b", "A_B", true)]
    [InlineData("axb", "a_b", false)]
    [InlineData(@"C:\temp", @"c:\T", true)]
    [InlineData("C:temp", @"c:\t", false)]
    [InlineData("it's", "T'S", true)]
    [InlineData("ÄRGER in Åbo", "ärger in å", true)]
    [InlineData("ΟΔΥΣΣΕΥΣ", "δυσσευς", true)]
    [InlineData("Привет", "ПРИВЕТ", true)]
    [InlineData("Cafe\u0301", "CAFÉ", true)]
    [InlineData("日本語の本", "本語", true)]
    [InlineData("[x]*?", "[X]*?", true)]
    [InlineData("Letter", "", true)]
    public async Task Text_is_found_literally_whatever_its_case(string title, string text, bool found)
    {
        await CreateAsync(title: title);

        Assert.Equal(found, (await ListAsync(new JobQuery { Owner = "ann", Text = text })).Any());
    }

    [Fact]
    public async Task Half_a_surrogate_pair_in_a_title_or_a_search_does_no_harm()
    {
        await CreateAsync(title: "bad \ud83d");

        Assert.Single(await ListAsync(new JobQuery { Owner = "ann", Text = "BAD" }));
        Assert.Empty(await ListAsync(new JobQuery { Owner = "ann", Text = "x\udc00" }));
    }

    [Fact]
    public async Task A_very_long_search_finds_nothing_and_does_no_harm()
    {
        await CreateAsync();

        Assert.Empty(await ListAsync(new JobQuery { Owner = "ann", Text = new string('x', 100_000) }));
    }

    private async Task<IEnumerable<JobId>> ListAsync(JobQuery query) =>
        (await Log.ListAsync(query, None)).Items.Select(item => item.JobId);
}
