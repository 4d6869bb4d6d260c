using System.Text.Json;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Storage;

/// <summary>What every store of schedules does, whatever the database.</summary>
public abstract class ScheduleStoreContract : StorageContract
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private static readonly IReadOnlyList<string> Untold = [];

    [Fact]
    public async Task A_schedule_comes_back_as_it_was_and_in_lists_without_its_input()
    {
        var daily = New() with { Tags = ["home", "信"], Overlap = ScheduleOverlap.Allow };
        var once = New("ann") with { Times = new ScheduleTimes(null, "Asia/Taipei", Now.AddDays(1)), CreatedAt = Now.AddTicks(1), IsEnabled = false, NextAt = null };
        await AddAsync(daily, once, New("bob"));

        Assert.Equal(Comparable(daily), Comparable((await Schedules.FindAsync(daily.Id, None))!));
        Assert.Equal(daily.Input!.Value.GetRawText(), (await Schedules.FindAsync(daily.Id, None))!.Input!.Value.GetRawText());
        Assert.Equal([Comparable(daily), Comparable(once)], (await Schedules.ListAsync("ann", None)).Select(Comparable));
        Assert.All(await Schedules.ListAsync("ann", None), each => Assert.Null(each.Input));
        Assert.Null(await Schedules.FindAsync(NewId(), None));
    }

    [Fact]
    public async Task An_owner_has_as_many_as_allowed()
    {
        Assert.True(await Schedules.AddAsync(New(), 2, None));
        Assert.True(await Schedules.AddAsync(New(), 2, None));

        Assert.False(await Schedules.AddAsync(New(), 2, None));
        Assert.True(await Schedules.AddAsync(New("bob"), 2, None));
        Assert.Equal(2, (await Schedules.ListAsync("ann", None)).Count);
    }

    [Fact]
    public async Task It_is_deleted_by_its_owner_alone()
    {
        var schedule = New();
        await AddAsync(schedule);

        Assert.False(await Schedules.DeleteAsync(schedule.Id, "bob", None));
        Assert.True(await Schedules.DeleteAsync(schedule.Id, "ann", None));
        Assert.False(await Schedules.DeleteAsync(schedule.Id, "ann", None));
        Assert.Null(await Schedules.FindAsync(schedule.Id, None));
    }

    [Fact]
    public async Task Of_two_changes_of_one_version_the_second_is_refused()
    {
        var schedule = New();
        await AddAsync(schedule);
        var changed = schedule with { Name = "Other", Times = new ScheduleTimes("* * * * *", "UTC", null), NextAt = Now.AddMinutes(1), Input = Json("""{"b":2}""") };

        Assert.True(await Schedules.ReplaceAsync(changed, None));
        Assert.False(await Schedules.ReplaceAsync(schedule with { Name = "Third" }, None));

        var present = (await Schedules.FindAsync(schedule.Id, None))!;
        Assert.Equal(Comparable(changed) with { Version = 1 }, Comparable(present));
        Assert.Equal("""{"b":2}""", present.Input!.Value.GetRawText());
    }

    [Fact]
    public async Task What_is_due_is_claimed_once_and_again_when_the_claim_is_over()
    {
        var (early, late, paused) = (New(due: -2), New(due: 0), New() with { NextAt = null });
        await AddAsync(late, early, paused, New(due: 1));
        Assert.Equal([early.Id, late.Id], (await Schedules.ListDueAsync(Now, 10, None)).Select(each => each.Id));
        Assert.Equal(early.Id, Assert.Single(await Schedules.ListDueAsync(Now, 1, None)).Id);

        // As several nodes would at the same moment.
        var claims = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Schedules.ClaimAsync(early.Id, early.NextAt!.Value, Now, Now + Lease, None).AsTask()));
        Assert.Equal(1, claims.Count(isMine => isMine));
        Assert.Equal(late.Id, Assert.Single(await Schedules.ListDueAsync(Now, 10, None)).Id);
        Assert.False(await Schedules.ClaimAsync(late.Id, late.NextAt!.Value.AddTicks(1), Now, Now + Lease, None));

        Clock.Advance(Lease);
        Assert.True(await Schedules.ClaimAsync(early.Id, early.NextAt!.Value, Now, Now + Lease, None));
    }

    [Fact]
    public async Task What_came_of_it_is_kept_and_it_is_due_next_when_that_says()
    {
        var schedule = New(due: 0);
        await AddAsync(schedule);
        var (due, next, job) = (schedule.NextAt!.Value, Now.AddDays(1), JobId.New());
        Assert.True(await Schedules.ClaimAsync(schedule.Id, due, Now, Now + Lease, None));
        var started = new ScheduleRun(due, Now, ScheduleOutcome.Started) { Job = job };

        await Schedules.RecordAsync(schedule.Id, started, new ScheduleAdvance(due, next), None);

        var present = (await Schedules.FindAsync(schedule.Id, None))!;
        Assert.Equal((started, job, next, true), (present.LastRun, present.LastJob, present.NextAt, present.IsEnabled));
        Assert.True(await Schedules.ClaimAsync(schedule.Id, next, next, next + Lease, None));
        var refused = new ScheduleRun(next, next, ScheduleOutcome.Refused) { Code = "queue_full", Message = "Full." };
        await Schedules.RecordAsync(schedule.Id, refused, null, None);
        present = (await Schedules.FindAsync(schedule.Id, None))!;
        Assert.Equal((refused, job, next), (present.LastRun, present.LastJob, present.NextAt));
        Assert.Empty(await Schedules.ListDueAsync(next, 10, None));
        await Schedules.RecordAsync(schedule.Id, refused, new ScheduleAdvance(next, null), None);
        present = (await Schedules.FindAsync(schedule.Id, None))!;
        Assert.Equal((null, false), (present.NextAt, present.IsEnabled));
    }

    [Fact]
    public async Task What_was_changed_while_its_job_was_submitted_stays_as_it_was_changed()
    {
        var schedule = New(due: 0);
        await AddAsync(schedule);
        var paused = schedule with { IsEnabled = false, NextAt = null };
        Assert.True(await Schedules.ReplaceAsync(paused, None));

        await Schedules.RecordAsync(
            schedule.Id, new ScheduleRun(schedule.NextAt!.Value, Now, ScheduleOutcome.Started), new ScheduleAdvance(schedule.NextAt.Value, Now.AddDays(1)), None);

        var present = (await Schedules.FindAsync(schedule.Id, None))!;
        Assert.Equal((null, false, ScheduleOutcome.Started), (present.NextAt, present.IsEnabled, present.LastRun?.Outcome));

        // Whoever read it before that would undo it unseen.
        Assert.False(await Schedules.ReplaceAsync(paused with { Version = 1 }, None));
    }

    private static string NewId() => Guid.NewGuid().ToString("N");

    private static JsonElement Json(string text) => JsonElement.Parse(text);

    // Lists are not compared by what is in them.
    private static Row Comparable(Schedule schedule) =>
        new(schedule with { Input = null, Tags = Untold, Version = 0 }, string.Join(',', schedule.Tags), schedule.Version);

    private Schedule New(string owner = "ann", int due = 1) => new()
    {
        Id = NewId(), Owner = owner, Name = "Morning", Kind = "translation", Input = Json("""{"a":[1,"信"]}"""), IsEnabled = true,
        Times = new ScheduleTimes("0 6 * * 1-5", "Europe/Vienna", null), CreatedAt = Now, NextAt = Now.AddHours(due),
    };

    private async Task AddAsync(params Schedule[] schedules)
    {
        foreach (var schedule in schedules)
            Assert.True(await Schedules.AddAsync(schedule, 100, None));
    }

    private sealed record Row(Schedule Schedule, string Tags, long Version);
}
