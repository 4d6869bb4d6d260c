using System.Text;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Events;

public sealed class SnapshotFoldTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    private long _seq;

    [Fact]
    public void Queued_says_what_the_job_is_and_where_it_stands()
    {
        var snapshot = Fold(new QueuedEvent("translation", "Letter", 3, ["a"], EventSamples.Id));

        Assert.Equal(("translation", "Letter", JobState.Queued, 3), (snapshot.Kind, snapshot.Title, snapshot.State, snapshot.QueuePosition));
        Assert.Equal(["a"], snapshot.Tags);
        Assert.Equal(EventSamples.Id, snapshot.RetryOf);
        Assert.Equal(Start.AddSeconds(1), snapshot.CreatedAt);
    }

    [Fact]
    public void A_new_place_in_the_queue_does_not_change_when_the_job_was_accepted()
    {
        var snapshot = Fold(new QueuedEvent("k", "t", 3), new QueuedEvent("k", "t", 1));

        Assert.Equal((1, Start.AddSeconds(1)), (snapshot.QueuePosition, snapshot.CreatedAt));
    }

    [Fact]
    public void Started_lists_the_stages_and_leaves_the_queue()
    {
        var snapshot = Fold(Queued, Started);

        Assert.Equal((JobState.Running, (int?)null, "apertium"), (snapshot.State, snapshot.QueuePosition, snapshot.Engine));
        Assert.Equal([("one", "pending"), ("two", "pending")], snapshot.Stages.Select(s => (s.Name, s.State)));
        Assert.Equal(Start.AddSeconds(2), snapshot.StartedAt);
    }

    [Fact]
    public void A_stage_ends_the_one_before_it_and_takes_its_time()
    {
        var snapshot = Fold(Queued, Started, One, Two);

        Assert.Equal("two", snapshot.Stage);
        Assert.Equal("Two", snapshot.Message);
        Assert.Equal(
            [("one", "done", 1000L, 3000L), ("two", "running", null, 4000L)],
            snapshot.Stages.Select(s => (s.Name, s.State, s.Ms, s.StartedMs)).Cast<(string, string, long?, long?)>());
    }

    [Fact]
    public void A_stage_that_begins_again_is_measured_again()
    {
        var snapshot = Fold(Queued, Started, One, Two, One);

        Assert.Equal(new StageStatus("one", "One", 0.25, "running", null, 5000), snapshot.Stages[0]);
    }

    [Fact]
    public void Progress_replaces_what_was_said_of_the_stage_and_keeps_what_it_does_not_say()
    {
        var snapshot = Fold(
            Queued, Started, One,
            new ProgressEvent
            {
                Stage = "one", Fraction = 0.2, StageFraction = 0.8, Current = 4, Total = 5, Unit = "b", Message = "m",
                Estimated = true, Eta = new Eta(1, 2, "rate", 3),
            });
        Assert.Equal(
            (0.2, 0.8, 4d, 5d, "b", "m", true),
            (snapshot.Fraction, snapshot.StageFraction, snapshot.Current, snapshot.Total, snapshot.Unit, snapshot.Message, snapshot.Estimated));
        Assert.Equal(new Eta(1, 2, "rate", 3), snapshot.Eta);

        snapshot = Apply(snapshot, new ProgressEvent { Stage = "one", Current = 6 });

        Assert.Equal((0.2, null, 6d, null, "m"), (snapshot.Fraction, snapshot.StageFraction, snapshot.Current, snapshot.Total, snapshot.Message));
        Assert.False(snapshot.Estimated);
        Assert.Null(snapshot.Eta);
    }

    [Fact]
    public void A_log_line_changes_nothing_but_the_place()
    {
        var before = Fold(Queued, Started);

        var after = Apply(before, new LogEvent(JobLogLevel.Info, "Hello"));

        Assert.Equal(Json(before with { Seq = 3, ElapsedMs = 3000 }), Json(after));
    }

    [Fact]
    public void Partials_are_counted_and_each_takes_back_the_one_that_it_replaces()
    {
        var snapshot = Fold(Queued, Started, Ok(0), Failed(1), Failed(2), Failed(1) with { Replaces = "failed" });
        Assert.Equal(new PartialCounts(1, 2, 47), snapshot.Partials);

        snapshot = Apply(snapshot, Ok(1) with { Replaces = "failed" });
        Assert.Equal(new PartialCounts(2, 1, 47), snapshot.Partials);

        snapshot = Apply(snapshot, Ok(0) with { Replaces = "ok" });
        Assert.Equal(new PartialCounts(2, 1, 47), snapshot.Partials);

        snapshot = Apply(snapshot, Failed(0) with { Replaces = "ok" });
        Assert.Equal(new PartialCounts(1, 2, 47), snapshot.Partials);
    }

    [Fact]
    public void A_snapshot_that_was_stored_with_a_list_of_failed_pieces_can_still_be_read()
    {
        var json = Json(Fold(Queued, Started, Ok(0), Failed(1)))
            .Replace("\"failed\":1", "\"failed\":1,\"failedItems\":[1]", StringComparison.Ordinal);

        var snapshot = EventJson.DeserializeSnapshot(Encoding.UTF8.GetBytes(json));

        Assert.Equal(new PartialCounts(1, 1, 47), snapshot.Partials);
    }

    [Fact]
    public void A_question_waits_until_it_is_answered()
    {
        var snapshot = Fold(Queued, Started, new InputRequiredEvent("r1", "Which?", ["a"], Start));
        Assert.Equal(JobState.WaitingForInput, snapshot.State);
        Assert.Equal(("r1", "Which?", Start), (snapshot.PendingInput!.RequestId, snapshot.PendingInput.Question, snapshot.PendingInput.Deadline));

        snapshot = Apply(snapshot, new InputReceivedEvent("r1", "a"));

        Assert.Equal(JobState.Running, snapshot.State);
        Assert.Null(snapshot.PendingInput);
    }

    [Fact]
    public void A_retry_waits_in_the_queue_and_the_next_attempt_begins_at_zero()
    {
        var running = Fold(
            Queued, Started, One, Ok(0),
            new ProgressEvent { Stage = "one", Fraction = 0.2, StageFraction = 0.8, Current = 4, Total = 5, Unit = "b", Estimated = true },
            new InputRequiredEvent("r1", "Which?", null, Start));

        var waiting = Apply(running, new RetryingEvent("Busy", 100));
        Assert.Equal((JobState.Queued, "Busy"), (waiting.State, waiting.Message));
        Assert.Null(waiting.PendingInput);
        Assert.Equal("failed", waiting.Stages[0].State);

        var again = Apply(waiting, Started, attempt: 2);
        Assert.Equal((2, 0d, null, null), (again.Attempt, again.Fraction, again.Stage, again.StageFraction));
        Assert.Equal((null, null, null, false), (again.Current, again.Total, again.Unit, again.Estimated));
        Assert.Equal(1, again.Partials.Ok);
        Assert.All(again.Stages, s => Assert.Equal("pending", s.State));
        Assert.Equal(Start.AddSeconds(2), again.StartedAt);
    }

    [Fact]
    public void A_job_that_is_canceled_while_it_begins_goes_on_canceling()
    {
        var snapshot = Fold(Queued, new CancelingEvent(), Started);

        Assert.Equal(JobState.Canceling, snapshot.State);
    }

    [Fact]
    public void Canceling_ends_the_question_and_the_estimate()
    {
        var snapshot = Fold(
            Queued, Started, new ProgressEvent { Eta = new Eta(1, 2, "rate", 3) },
            new InputRequiredEvent("r1", "Which?", null, Start), new CancelingEvent());

        Assert.Equal(JobState.Canceling, snapshot.State);
        Assert.Null(snapshot.PendingInput);
        Assert.Null(snapshot.Eta);
        Assert.Equal(JobState.Canceling, Apply(snapshot, new InputReceivedEvent("r1", null)).State);
    }

    [Fact]
    public void Success_is_the_whole()
    {
        var snapshot = Fold(Queued, Started, One, new ProgressEvent { Fraction = 0.7, StageFraction = 0.9 }, Done(JobState.Succeeded));

        Assert.Equal((JobState.Succeeded, 1d, 1d, "/r"), (snapshot.State, snapshot.Fraction, snapshot.StageFraction, snapshot.ResultUrl));
        Assert.True(snapshot.IsFinal);
        Assert.Equal(Start.AddSeconds(5), snapshot.FinishedAt);
        Assert.Equal(("done", 2000L), (snapshot.Stages[0].State, snapshot.Stages[0].Ms));
    }

    [Theory, InlineData(JobState.Failed), InlineData(JobState.Canceled)]
    public void Any_other_end_stays_below_the_whole(JobState state)
    {
        var snapshot = Fold(Queued, Started, One, new ProgressEvent { Fraction = 0.7 }, Done(state));

        Assert.Equal((state, 0.7), (snapshot.State, snapshot.Fraction));
        Assert.Equal(new JobError("c", "m"), snapshot.Error);
    }

    [Theory, InlineData("/r", "done"), InlineData(null, "failed")]
    public void The_last_stage_of_a_failed_job_went_well_where_it_made_a_result(string? resultUrl, string stage)
    {
        var end = new DoneEvent(JobState.Failed, new JobError("c", "m"), resultUrl, new JobSummary(0, []));

        Assert.Equal(stage, Fold(Queued, Started, One, end).Stages[0].State);
    }

    [Theory, MemberData(nameof(EventSamples.Types), MemberType = typeof(EventSamples))]
    public void The_fold_is_pure(string type)
    {
        var before = Fold(Queued, Started, One, Ok(0), Failed(1));
        var json = Json(before);

        var once = before.Apply(EventSamples.Placed(EventSamples.All[type].Event));
        var twice = before.Apply(EventSamples.Placed(EventSamples.All[type].Event));

        Assert.Equal(json, Json(before));
        Assert.Equal(Json(once), Json(twice));
        Assert.Equal((18L, 2, 9912L), (once.Seq, once.Attempt, once.ElapsedMs));
    }

    private static QueuedEvent Queued => new("k", "t", 0);

    private static StartedEvent Started => new([new("one", "One", 0.25), new("two", "Two", 0.75)], "apertium");

    private static StageEvent One => new("one", "One", 1, 2);

    private static StageEvent Two => new("two", "Two", 2, 2);

    private static PartialEvent Ok(int index) => new(index, 47, true, "x");

    private static PartialEvent Failed(int index) => new(index, 47, false, Error: "x");

    private static DoneEvent Done(JobState state) => new(state, new JobError("c", "m"), "/r", new JobSummary(1, []));

    private static string Json(JobSnapshot snapshot) => Encoding.UTF8.GetString(EventJson.Serialize(snapshot));

    private JobSnapshot Fold(params JobEvent[] events) =>
        events.Aggregate(JobSnapshot.Empty(EventSamples.Id, Start), (s, e) => Apply(s, e, e is QueuedEvent ? 0 : 1));

    private JobSnapshot Apply(JobSnapshot snapshot, JobEvent next, int attempt = 1)
    {
        _seq++;
        return snapshot.Apply(next with
        {
            JobId = EventSamples.Id, Seq = _seq, At = Start.AddSeconds(_seq), Attempt = attempt, ElapsedMs = _seq * 1000,
        });
    }
}
