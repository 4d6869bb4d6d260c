using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Listing;

namespace ProgressHub.Tests.Components.Listing;

public sealed class JobListViewTests
{
    private static readonly DateTimeOffset Morning = new(2026, 11, 20, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_event_that_the_list_was_read_with_does_not_set_its_job_back()
    {
        var view = new JobListView(new JobListFilter(), 10);
        var job = Job("Letter", JobState.Succeeded, seq: 5);
        view.Reset(new ListPage<JobSnapshot>([job], null));

        var changed = view.Apply(Frame(job, new CancelingEvent { Seq = 4 }));

        Assert.False(changed);
        Assert.Same(job, Assert.Single(view.Jobs));
    }

    [Fact]
    public void An_event_that_brings_its_state_needs_no_decoding_of_what_was_missed()
    {
        var view = new JobListView(new JobListFilter(), 10);
        var job = Job("Letter", JobState.Running, seq: 5);
        view.Reset(new ListPage<JobSnapshot>([job], null));
        var later = job with { Seq = 9, Fraction = 0.9 };

        Assert.True(view.Apply(Frame(job, new CancelingEvent { Seq = 9 }, later)));

        Assert.Same(later, Assert.Single(view.Jobs));
    }

    [Fact]
    public void An_event_after_a_gap_without_its_state_asks_for_the_state()
    {
        var view = new JobListView(new JobListFilter(), 10);
        var job = Job("Letter", JobState.Running, seq: 5);
        view.Reset(new ListPage<JobSnapshot>([job], null));

        Assert.Null(view.Apply(Frame(job, new CancelingEvent { Seq = 9 })));
    }

    [Fact]
    public void A_new_job_that_does_not_fit_stays_out()
    {
        var view = new JobListView(new JobListFilter(Text: "letter"), 10);
        view.Reset(new ListPage<JobSnapshot>([], null));
        var song = Job("Song", JobState.Queued, seq: 1);

        Assert.False(view.Apply(Frame(song, new QueuedEvent("translation", "Song", 0) { Seq = 1 }, song)));

        Assert.Empty(view.Jobs);
    }

    [Fact]
    public void An_older_page_takes_in_no_new_jobs()
    {
        var view = new JobListView(new JobListFilter(Before: 17), 10);
        view.Reset(new ListPage<JobSnapshot>([], null));
        var job = Job("Letter", JobState.Queued, seq: 1);

        Assert.False(view.Apply(Frame(job, new QueuedEvent("translation", "Letter", 0) { Seq = 1 }, job)));

        Assert.Empty(view.Jobs);
    }

    [Fact]
    public void A_job_that_comes_to_fit_stands_where_its_age_puts_it()
    {
        var view = new JobListView(new JobListFilter(), 10);
        var (young, old) = (Job("Young", JobState.Running, 2, minute: 3), Job("Old", JobState.Running, 2, minute: 1));
        view.Reset(new ListPage<JobSnapshot>([young, old], null));
        var middle = Job("Middle", JobState.Running, 2, minute: 2);

        view.Apply(Frame(middle, new CancelingEvent { Seq = 2 }, middle));

        Assert.Equal(["Young", "Middle", "Old"], view.Jobs.Select(j => j.Title));
    }

    private static JobSnapshot Job(string title, JobState state, long seq, int minute = 0) => new()
    {
        JobId = JobId.New(), Kind = "translation", Title = title, State = state, Seq = seq, CreatedAt = Morning.AddMinutes(minute),
    };

    private static EventFrame Frame(JobSnapshot job, JobEvent next, JobSnapshot? after = null) =>
        EventFrame.Encode(next with { JobId = job.JobId }, after);
}
