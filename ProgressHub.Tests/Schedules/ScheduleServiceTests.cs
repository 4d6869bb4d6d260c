using ProgressHub.Core.Jobs;
using ProgressHub.Core.Schedules;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Schedules;

/// <summary>What may be scheduled, and by whom it is seen and changed.</summary>
public sealed class ScheduleServiceTests
{
    [Fact]
    public async Task What_can_not_be_kept_until_then_is_refused_at_once()
    {
        await using var scheduled = await ScheduledEngine.StartAsync(
            Workload(ScheduledEngine.Kind, descriptor => descriptor with { FileInput = "files", SecretInputs = ["apiKey"], MaxFiles = 3 }),
            Workload("remote", descriptor => descriptor with { IsRemote = true }));

        foreach (var (code, draft) in ((string, ScheduleDraft)[])
        [
            ("files_not_scheduled", ScheduledEngine.Draft(input: """{"files":["0123"]}""")),
            ("secrets_not_scheduled", ScheduledEngine.Draft(input: """{"apiKey":"sk-1"}""")),
            ("secrets_not_scheduled", ScheduledEngine.Draft(input: """{"deep":[{"api_key":"sk-1"}]}""")),
            ("input_too_large", ScheduledEngine.Draft(input: $$"""{"text":"{{new string('x', ScheduleCheck.MaxInput)}}"}""")),
            ("invalid_input", ScheduledEngine.Draft(input: "[]")),
            ("kind_not_scheduled", ScheduledEngine.Draft() with { Kind = "remote" }),
            ("unknown_kind", ScheduledEngine.Draft() with { Kind = "nothing" }),
            ("invalid_name", ScheduledEngine.Draft() with { Name = " " }),
            ("invalid_name", ScheduledEngine.Draft() with { Name = new string('n', ScheduleCheck.MaxName + 1) }),
            ("too_many_tags", ScheduledEngine.Draft() with { Tags = [.. Enumerable.Range(0, 20).Select(i => $"t{i}")] }),
            ("at_in_past", ScheduledEngine.Draft(at: scheduled.Now)),
            ("bad_cron", ScheduledEngine.Draft("every day")),
        ])
        {
            var refusal = await Assert.ThrowsAsync<WorkloadException>(() => scheduled.CreateAsync(draft));
            Assert.Equal(code, refusal.Code);
        }

        Assert.Empty(await scheduled.Schedules.ListAsync(EngineHost.Owner, default));
    }

    [Fact]
    public async Task The_longest_name_still_fits_into_a_tag()
    {
        await using var scheduled = await ScheduledEngine.StartAsync();
        var name = new string('n', ScheduleCheck.MaxName);
        var schedule = await scheduled.CreateAsync(ScheduledEngine.Draft() with { Name = name, Tags = [.. Enumerable.Range(0, 19).Select(i => $"t{i}")] });

        var submission = await scheduled.Schedules.RunAsync(schedule.Id, EngineHost.Owner, null, default);

        Assert.Equal($"schedule:{name}", submission!.Snapshot.Tags[^1]);
    }

    [Fact]
    public async Task An_owner_has_so_many_and_sees_no_others()
    {
        await using var scheduled = await ScheduledEngine.StartAsync();
        var schedule = await scheduled.CreateAsync(ScheduledEngine.Draft());
        await scheduled.CreateAsync(ScheduledEngine.Draft());
        await scheduled.CreateAsync(ScheduledEngine.Draft());

        Assert.Equal("too_many_schedules", (await Assert.ThrowsAsync<WorkloadException>(() => scheduled.CreateAsync(ScheduledEngine.Draft()))).Code);

        Assert.Null(await scheduled.Schedules.FindAsync(schedule.Id, "bob", default));
        Assert.Null(await scheduled.Schedules.ChangeAsync(schedule.Id, "bob", draft => draft with { Name = "Mine" }, default));
        Assert.False(await scheduled.Schedules.DeleteAsync(schedule.Id, "bob", default));
        Assert.Empty(await scheduled.Schedules.ListAsync("bob", default));
        Assert.Equal("Hourly", (await scheduled.FindAsync(schedule.Id)).Name);
    }

    [Fact]
    public async Task Changes_of_two_who_read_the_same_both_hold()
    {
        await using var scheduled = await ScheduledEngine.StartAsync();
        var schedule = await scheduled.CreateAsync(ScheduledEngine.Draft());
        var isFirst = true;

        var changed = await scheduled.Schedules.ChangeAsync(
            schedule.Id, EngineHost.Owner,
            draft =>
            {
                if (isFirst)
                {
                    isFirst = false;
                    Assert.NotNull(scheduled.Schedules.ChangeAsync(schedule.Id, EngineHost.Owner, other => other with { Name = "Named" }, default).Soon().GetAwaiter().GetResult());
                }

                return draft with { Overlap = ScheduleOverlap.Allow };
            },
            default);

        Assert.Equal(("Named", ScheduleOverlap.Allow), (changed!.Name, changed.Overlap));
        Assert.Equal(("Named", ScheduleOverlap.Allow), ((await scheduled.FindAsync(schedule.Id)).Name, (await scheduled.FindAsync(schedule.Id)).Overlap));
    }

    [Fact]
    public async Task A_rename_leaves_what_is_due_due_and_other_times_are_due_when_they_say()
    {
        await using var scheduled = await ScheduledEngine.StartAsync();
        var schedule = await scheduled.CreateAsync(ScheduledEngine.Draft());
        scheduled.Clock.Advance(TimeSpan.FromMinutes(61));

        var renamed = await scheduled.Schedules.ChangeAsync(schedule.Id, EngineHost.Owner, draft => draft with { Name = "Named" }, default);
        Assert.Equal(schedule.NextAt, renamed!.NextAt);

        var moved = await scheduled.Schedules.ChangeAsync(
            schedule.Id, EngineHost.Owner, draft => draft with { Times = new ScheduleTimes("30 12 * * *", "Asia/Taipei", null) }, default);
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 4, 30, 0, TimeSpan.Zero), moved!.NextAt);
    }

    private static LambdaWorkload Workload(string kind, Func<WorkloadDescriptor, WorkloadDescriptor> change) =>
        new(kind, _ => Task.CompletedTask) { Descriptor = change(LambdaWorkload.Describe(kind)) };
}
