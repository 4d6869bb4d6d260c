using System.Text;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Schedules;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Schedules;

/// <summary>What becomes of a schedule when it is due.</summary>
public sealed class ScheduleFiringTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_job_is_submitted_when_it_is_due_and_not_before_and_not_again()
    {
        await using var scheduled = await ScheduledEngine.StartAsync();
        var schedule = await scheduled.CreateAsync(ScheduledEngine.Draft());
        await scheduled.FireAfterAsync(Hour - TimeSpan.FromTicks(1));
        Assert.Empty(await scheduled.JobsAsync());

        await scheduled.FireAfterAsync(TimeSpan.FromTicks(1));
        await scheduled.FireAfterAsync(TimeSpan.FromMinutes(5));

        var job = Assert.Single(await scheduled.JobsAsync());
        Assert.Equal(("Hourly", ScheduledEngine.Kind), (job.Title, job.Kind));
        Assert.Equal(["home", "schedule:Hourly"], job.Tags);
        var input = await scheduled.Engine.Jobs.ReadInputAsync(job.JobId, EngineHost.Owner, default);
        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(input!.Value.Span));
        var after = await scheduled.FindAsync(schedule.Id);
        Assert.Equal(new ScheduleRun(schedule.NextAt!.Value, scheduled.Now.AddMinutes(-5), ScheduleOutcome.Started) { Job = job.JobId }, after.LastRun);
        Assert.Equal((job.JobId, schedule.NextAt + Hour, true), (after.LastJob!.Value, after.NextAt, after.IsEnabled));

        await scheduled.Engine.EndAsync(job.JobId);
        await scheduled.FireAfterAsync(Hour);
        Assert.Equal(2, (await scheduled.JobsAsync()).Count);
    }

    [Fact]
    public async Task A_crash_between_submitting_a_job_and_writing_that_down_makes_no_second_one()
    {
        await using var scheduled = await ScheduledEngine.StartAsync();
        var schedule = await scheduled.CreateAsync(ScheduledEngine.Draft());
        scheduled.Engine.Faults.AfterCreate = _ => throw new StorageUnavailableException("The power went.");
        await Assert.ThrowsAsync<StorageUnavailableException>(() => scheduled.FireAfterAsync(Hour));
        scheduled.Engine.Faults.AfterCreate = null;
        await scheduled.Engine.CrashAsync();
        Assert.Null((await scheduled.FindAsync(schedule.Id)).LastRun);

        await scheduled.FireAfterAsync(ScheduleFiring.Lease);

        var job = Assert.Single(await scheduled.JobsAsync());
        var after = await scheduled.FindAsync(schedule.Id);
        Assert.Equal((job.JobId, schedule.NextAt + Hour), (after.LastJob!.Value, after.NextAt));
    }

    [Fact]
    public async Task Of_several_that_look_at_the_same_moment_one_submits_it()
    {
        await using var scheduled = await ScheduledEngine.StartAsync();
        await scheduled.CreateAsync(ScheduledEngine.Draft());
        await scheduled.CreateAsync(ScheduledEngine.Draft() with { Name = "Other" });
        scheduled.Clock.Advance(Hour);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(scheduled.FireAsync)));

        Assert.Equal(["Hourly", "Other"], (await scheduled.JobsAsync()).Select(job => job.Title).Order());
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task While_the_last_job_runs_the_next_is_left_out_unless_that_is_allowed(bool isAllowed)
    {
        var held = new Signal();
        await using var scheduled = await ScheduledEngine.StartAsync(new LambdaWorkload(ScheduledEngine.Kind, _ => held.Task));
        var schedule = await scheduled.CreateAsync(ScheduledEngine.Draft() with { Overlap = isAllowed ? ScheduleOverlap.Allow : ScheduleOverlap.Skip });
        await scheduled.FireAfterAsync(Hour);
        var first = Assert.Single(await scheduled.JobsAsync());

        await scheduled.FireAfterAsync(Hour);

        var after = await scheduled.FindAsync(schedule.Id);
        Assert.Equal(isAllowed ? ScheduleOutcome.Started : ScheduleOutcome.Skipped, after.LastRun!.Outcome);
        Assert.Equal(isAllowed ? 2 : 1, (await scheduled.JobsAsync()).Count);
        Assert.Equal(!isAllowed, after.LastJob == first.JobId);
        held.Set();
        await scheduled.Engine.EndAsync(first.JobId);
        await scheduled.FireAfterAsync(Hour);
        Assert.Equal(ScheduleOutcome.Started, (await scheduled.FindAsync(schedule.Id)).LastRun!.Outcome);
    }

    [Fact]
    public async Task What_was_missed_within_an_hour_is_made_up_for_by_one_job_and_what_was_missed_before_is_not()
    {
        await using var scheduled = await ScheduledEngine.StartAsync();
        var often = await scheduled.CreateAsync(ScheduledEngine.Draft("*/10 * * * *"));
        var daily = await scheduled.CreateAsync(ScheduledEngine.Draft("0 12 * * *") with { Name = "Daily" });

        await scheduled.FireAfterAsync(TimeSpan.FromHours(5) + TimeSpan.FromMinutes(1));

        Assert.Equal("Hourly", Assert.Single(await scheduled.JobsAsync()).Title);
        var (oftenNow, dailyNow) = (await scheduled.FindAsync(often.Id), await scheduled.FindAsync(daily.Id));
        Assert.Equal((ScheduleOutcome.Started, scheduled.Now.AddMinutes(-1), scheduled.Now.AddMinutes(9)), (oftenNow.LastRun!.Outcome, oftenNow.LastRun.DueAt, oftenNow.NextAt!.Value));
        Assert.Equal((ScheduleOutcome.Missed, daily.NextAt!.Value, daily.NextAt.Value.AddDays(1)), (dailyNow.LastRun!.Outcome, dailyNow.LastRun.DueAt, dailyNow.NextAt!.Value));
    }

    [Fact]
    public async Task One_time_is_over_once_it_was_due()
    {
        await using var scheduled = await ScheduledEngine.StartAsync();
        var schedule = await scheduled.CreateAsync(ScheduledEngine.Draft(at: scheduled.Now.AddHours(12)));

        await scheduled.FireAfterAsync(TimeSpan.FromHours(12));

        Assert.Single(await scheduled.JobsAsync());
        var after = await scheduled.FindAsync(schedule.Id);
        Assert.Equal((ScheduleOutcome.Started, null, false), (after.LastRun!.Outcome, after.NextAt, after.IsEnabled));
        var refusal = await Assert.ThrowsAsync<WorkloadException>(() =>
            scheduled.Schedules.ChangeAsync(schedule.Id, EngineHost.Owner, draft => draft with { IsEnabled = true }, default));
        Assert.Equal("at_in_past", refusal.Code);
    }

    [Fact]
    public async Task A_refusal_is_kept_and_one_that_may_pass_is_tried_again()
    {
        WorkloadException? refusal = null;
        await using var scheduled = await ScheduledEngine.StartAsync(new LambdaWorkload(ScheduledEngine.Kind, _ => Task.CompletedTask)
        {
            Plan = (_, _) => refusal is null ? new(new WorkloadPlan(LambdaWorkload.Describe("x").Stages, null, "x")) : throw refusal,
        });
        var schedule = await scheduled.CreateAsync(ScheduledEngine.Draft());
        refusal = new WorkloadException("not_now", "The engine starts.") { IsTransient = true };
        await scheduled.FireAfterAsync(Hour);
        var after = await scheduled.FindAsync(schedule.Id);
        Assert.Equal((ScheduleOutcome.Refused, "not_now", schedule.NextAt), (after.LastRun!.Outcome, after.LastRun.Code, after.NextAt));

        refusal = null;
        await scheduled.FireAfterAsync(ScheduleFiring.Lease);
        after = await scheduled.FindAsync(schedule.Id);
        Assert.Equal((ScheduleOutcome.Started, schedule.NextAt!.Value, schedule.NextAt + Hour), (after.LastRun!.Outcome, after.LastRun.DueAt, after.NextAt));

        await scheduled.Engine.EndAsync(after.LastJob!.Value);
        refusal = new WorkloadException("never", "The language is gone.");
        await scheduled.FireAfterAsync(Hour);
        after = await scheduled.FindAsync(schedule.Id);
        Assert.Equal((ScheduleOutcome.Refused, "never", "The language is gone."), (after.LastRun!.Outcome, after.LastRun.Code, after.LastRun.Message));
        Assert.True(after.NextAt > scheduled.Now);
        Assert.Single(await scheduled.JobsAsync());
    }

    [Fact]
    public async Task While_an_account_is_disabled_its_schedules_are_refused()
    {
        await using var scheduled = await ScheduledEngine.StartAsync();
        var schedule = await scheduled.CreateAsync(ScheduledEngine.Draft());
        scheduled.Disabled.Add(EngineHost.Owner);

        await scheduled.FireAfterAsync(Hour);
        Assert.Empty(await scheduled.JobsAsync());
        Assert.Equal("account_disabled", (await scheduled.FindAsync(schedule.Id)).LastRun!.Code);

        scheduled.Disabled.Clear();
        await scheduled.FireAfterAsync(Hour);
        Assert.Single(await scheduled.JobsAsync());
    }

    [Fact]
    public async Task What_is_paused_is_not_due_and_what_passed_meanwhile_is_not_made_up_for()
    {
        await using var scheduled = await ScheduledEngine.StartAsync();
        var schedule = await scheduled.CreateAsync(ScheduledEngine.Draft());
        await scheduled.Schedules.ChangeAsync(schedule.Id, EngineHost.Owner, draft => draft with { IsEnabled = false }, default);
        await scheduled.FireAfterAsync(Hour + TimeSpan.FromMinutes(1));

        await scheduled.Schedules.ChangeAsync(schedule.Id, EngineHost.Owner, draft => draft with { IsEnabled = true }, default);
        await scheduled.FireAsync();

        Assert.Empty(await scheduled.JobsAsync());
        Assert.Equal(schedule.NextAt + Hour, (await scheduled.FindAsync(schedule.Id)).NextAt);
    }

    [Fact]
    public async Task One_that_is_run_by_hand_is_due_when_it_was()
    {
        await using var scheduled = await ScheduledEngine.StartAsync();
        var schedule = await scheduled.CreateAsync(ScheduledEngine.Draft());

        var first = await scheduled.Schedules.RunAsync(schedule.Id, EngineHost.Owner, "once", default);
        var again = await scheduled.Schedules.RunAsync(schedule.Id, EngineHost.Owner, "once", default);

        Assert.Equal((true, false), (first!.Created, again!.Created));
        var after = await scheduled.FindAsync(schedule.Id);
        Assert.Equal((first.Snapshot.JobId, scheduled.Now, schedule.NextAt), (after.LastJob!.Value, after.LastRun!.DueAt, after.NextAt));
        Assert.Null(await scheduled.Schedules.RunAsync(schedule.Id, "bob", null, default));
        await scheduled.Engine.EndAsync(first.Snapshot.JobId);
        await scheduled.FireAfterAsync(Hour);
        Assert.Equal(2, (await scheduled.JobsAsync()).Count);
    }
}
