using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Jobs;

public sealed class JobTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, (Func<Job, Job> Apply, JobState To, JobState[] From)> Transitions = new()
    {
        ["start"] = (j => j.Start(Now), JobState.Running, [JobState.Queued]),
        ["wait"] = (j => j.WaitForInput(), JobState.WaitingForInput, [JobState.Running]),
        ["resume"] = (j => j.Resume(), JobState.Running, [JobState.WaitingForInput]),
        ["cancel"] = (j => j.RequestCancel(), JobState.Canceling, [JobState.Running, JobState.WaitingForInput]),
        ["requeue"] = (j => j.Requeue(null, false), JobState.Queued,
            [JobState.Running, JobState.WaitingForInput, JobState.Canceling]),
        ["succeed"] = (j => j.Finish(JobState.Succeeded, Now), JobState.Succeeded,
            [JobState.Running, JobState.WaitingForInput, JobState.Canceling]),
        ["fail"] = (j => j.Finish(JobState.Failed, Now), JobState.Failed,
            [JobState.Queued, JobState.Running, JobState.WaitingForInput, JobState.Canceling]),
        ["end canceled"] = (j => j.Finish(JobState.Canceled, Now), JobState.Canceled,
            [JobState.Queued, JobState.Running, JobState.WaitingForInput, JobState.Canceling]),
    };

    public static TheoryData<string, JobState> All()
    {
        var data = new TheoryData<string, JobState>();
        foreach (var name in Transitions.Keys)
        {
            foreach (var state in Enum.GetValues<JobState>())
                data.Add(name, state);
        }

        return data;
    }

    [Theory, MemberData(nameof(All))]
    public void Every_transition_follows_only_the_states_it_may_and_else_names_both(string name, JobState from)
    {
        var (apply, to, allowed) = Transitions[name];
        var job = JobIn(from);

        if (allowed.Contains(from))
        {
            Assert.Equal(to, apply(job).State);
            return;
        }

        var refused = Assert.Throws<InvalidJobTransitionException>(() => apply(job));
        Assert.Equal((from, to), (refused.From, refused.To));
        Assert.Contains(from.Name(), refused.Message, StringComparison.Ordinal);
        Assert.Contains(to.Name(), refused.Message, StringComparison.Ordinal);
        Assert.Contains(job.Id.ToString(), refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(JobState.Queued), InlineData(JobState.Running), InlineData(JobState.WaitingForInput), InlineData(JobState.Canceling)]
    public void A_job_does_not_end_in_a_state_that_is_not_final(JobState state) =>
        Assert.Throws<InvalidJobTransitionException>(() => JobIn(JobState.Running).Finish(state, Now));

    [Fact]
    public void Each_start_is_one_attempt_more_and_keeps_when_the_first_began()
    {
        var first = JobIn(JobState.Queued).Start(Now);
        var second = first.Requeue(Now.AddMinutes(1), madeProgress: false).Start(Now.AddMinutes(2));

        Assert.Equal((1, Now), (first.Attempt, first.StartedAt));
        Assert.Equal((2, Now), (second.Attempt, second.StartedAt));
        Assert.Null(second.RunAfter);
    }

    [Fact]
    public void Attempts_without_progress_count_up_until_one_finishes_something()
    {
        var job = JobIn(JobState.Running).Requeue(null, madeProgress: false).Start(Now).Requeue(null, madeProgress: false);
        Assert.Equal(2, job.AttemptsWithoutProgress);

        Assert.Equal(0, job.Start(Now).Requeue(null, madeProgress: true).AttemptsWithoutProgress);
    }

    [Fact]
    public void A_request_to_cancel_outlives_the_attempt() =>
        Assert.True(JobIn(JobState.Running).RequestCancel().Requeue(null, false).Start(Now).CancelRequested);

    [Fact]
    public void The_end_keeps_its_moment() => Assert.Equal(Now, JobIn(JobState.Running).Finish(JobState.Failed, Now).FinishedAt);

    private static Job JobIn(JobState state) => new()
    {
        Id = JobId.New(), Kind = "test", Title = "Test", Owner = "ann", CreatedAt = Now, State = state,
    };
}
