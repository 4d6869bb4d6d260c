using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Watching;

namespace ProgressHub.Tests.Components.Watching;

public sealed class JobViewTests
{
    private readonly JobView _view = new(JobSnapshot.Empty(JobId.New(), default) with { Title = "Letter", Seq = 10 });

    [Fact]
    public void An_event_the_snapshot_holds_already_changes_nothing()
    {
        var before = _view.Snapshot;

        _view.Apply(new PartialEvent(0, 4, Ok: true, "Hola") { Seq = 10 });

        Assert.Same(before, _view.Snapshot);
        Assert.Empty(_view.Partials.Items);
        Assert.Empty(_view.Events.Items);
    }

    [Fact]
    public void A_piece_from_the_store_that_is_ahead_of_the_feed_is_not_set_back()
    {
        _view.Partials.Reset([new PartialEvent(0, 4, Ok: true, "later") { Seq = 12 }], hasEarlier: false);

        _view.Apply(new PartialEvent(0, 4, Ok: true, "earlier") { Seq = 11 });

        Assert.Equal("later", Assert.Single(_view.Partials.Items).Text);
    }

    [Theory]
    [InlineData(JobState.Succeeded, "Letter has succeeded.")]
    [InlineData(JobState.Canceled, "Letter was canceled.")]
    [InlineData(JobState.Failed, "Letter has failed. No engine.")]
    public void The_end_is_announced_in_words(JobState state, string words)
    {
        _view.Apply(new DoneEvent(state, new JobError("no_engine", "No engine."), null, new JobSummary(1, [])) { Seq = 11 });

        Assert.Equal(words, _view.Announcement);
    }

    [Fact]
    public void Failed_items_are_counted_in_the_announcement_of_the_end()
    {
        _view.Apply(new PartialEvent(0, 2, Ok: false, Error: "It broke.") { Seq = 11 });

        _view.Apply(new DoneEvent(JobState.Failed, new JobError("items_failed", "1 part failed."), null, new JobSummary(1, [])) { Seq = 12 });

        Assert.Equal("Letter has ended; 1 of its items failed.", _view.Announcement);
    }

    [Fact]
    public void Raw_events_are_bounded()
    {
        for (var seq = 11; seq < 5000; seq++)
            _view.Apply(new ProgressEvent { Seq = seq, Fraction = 0.5 });

        Assert.Equal(JobView.RawEvents, _view.Events.Items.Count);
        Assert.Equal(4999, _view.Snapshot.Seq);
    }
}
