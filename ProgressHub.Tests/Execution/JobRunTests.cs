using System.Text;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

public sealed class JobRunTests
{
    [Fact]
    public async Task A_job_tells_its_story_in_order()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("story", async context =>
        {
            Assert.Equal((1, "x"), (context.Attempt, context.Input.GetProperty("a").GetString()));
            await context.BeginStageAsync("first");
            context.Progress.Report(new(1, 2, "Half"));
            await context.LogAsync(JobLogLevel.Success, "Line\nbreak", 1, 2, TimeSpan.FromSeconds(1));
            await context.PartialAsync(new PartialResult(0, 2) { Text = "zero" });
            await context.BeginStageAsync("second");
            await context.PartialAsync(new PartialResult(1, 2) { Text = "one" });
            return new WorkloadOutcome(LambdaWorkload.Text("zero one"));
        }));

        var events = await engine.RunAsync("story", """{"a":"x"}""");

        Assert.Equal(
            ["queued", "started", "stage", "progress", "log", "partial", "stage", "partial", "done"], events.Select(e => e.Type));
        var log = (LogEvent)events[4];
        Assert.Equal(("Line\nbreak", 1, 2, 1000L), (log.Message, log.Step, log.TotalSteps, log.DurationMs));
        Assert.Equal([0, 1, 1, 1, 1, 1, 1, 1, 1], events.Select(e => e.Attempt));
        var done = (DoneEvent)events[^1];
        Assert.Equal((JobState.Succeeded, null, $"/api/jobs/{done.JobId}/result"), (done.State, done.Error, done.ResultUrl));
        Assert.Equal(["first", "second"], done.Summary.Stages.Select(s => s.Name));
        var snapshot = await engine.Jobs.FindAsync(done.JobId, EngineHost.Owner, CancellationToken.None);
        Assert.Equal((JobState.Succeeded, 1d, 2, "lambda", "Suggested"), (snapshot!.State, snapshot.Fraction, snapshot.Partials.Ok, snapshot.Engine, snapshot.Title));
        var result = await engine.Jobs.ReadResultAsync(done.JobId, EngineHost.Owner, soFar: false, CancellationToken.None);
        Assert.Equal("zero one", Encoding.UTF8.GetString(result!.Body.Span));
    }

    [Fact]
    public async Task A_handler_that_throws_ends_the_job_without_showing_why()
    {
        await using var engine = await EngineHost.StartAsync(
            new LambdaWorkload("throws", Task (_) => throw new InvalidOperationException("the secret cause")));

        var done = (DoneEvent)(await engine.RunAsync("throws"))[^1];

        Assert.Equal((JobState.Failed, "internal_error"), (done.State, done.Error!.Code));
        Assert.DoesNotContain("secret", done.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handler_that_gives_no_outcome_ends_the_job_too()
    {
        await using var engine = await EngineHost.StartAsync(
            new LambdaWorkload("null", Task<WorkloadOutcome> (_) => Task.FromResult<WorkloadOutcome>(null!)),
            new LambdaWorkload("no task", Task<WorkloadOutcome> (_) => null!));

        Assert.Equal("internal_error", ((DoneEvent)(await engine.RunAsync("null"))[^1]).Error!.Code);
        Assert.Equal("internal_error", ((DoneEvent)(await engine.RunAsync("no task"))[^1]).Error!.Code);
    }

    [Fact]
    public async Task A_failure_a_user_may_see_is_shown_as_it_is()
    {
        await using var engine = await EngineHost.StartAsync(
            new LambdaWorkload("fails", Task (_) => throw new WorkloadException("engine_unavailable", "Install it.", new IOException("cause"))));

        var events = await engine.RunAsync("fails");

        Assert.Equal(["queued", "started", "done"], events.Select(e => e.Type));
        Assert.Equal(new JobError("engine_unavailable", "Install it."), ((DoneEvent)events[^1]).Error);
    }

    [Fact]
    public async Task A_transient_failure_is_tried_again_until_it_works()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("flaky", context => context.Attempt < 3
            ? throw new WorkloadException("busy", "Busy.") { IsTransient = true }
            : Task.CompletedTask));

        var events = await engine.RunAsync("flaky");

        Assert.Equal(["queued", "started", "retrying", "started", "retrying", "started", "done"], events.Select(e => e.Type));
        Assert.Equal([0, 1, 1, 2, 2, 3, 3], events.Select(e => e.Attempt));
        Assert.Equal(JobState.Succeeded, ((DoneEvent)events[^1]).State);
    }

    [Fact]
    public async Task A_transient_failure_that_stays_ends_the_job_after_its_attempts()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload(
            "flaky", Task (_) => throw new WorkloadException("busy", "Busy.") { IsTransient = true }));

        var events = await engine.RunAsync("flaky");

        Assert.Equal(4, events.OfType<StartedEvent>().Count());
        Assert.Equal("busy", ((DoneEvent)events[^1]).Error!.Code);
    }

    [Fact]
    public async Task An_outage_of_a_database_fails_no_job_however_long_it_lasts()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("kept", context => context.Attempt < 8
            ? throw new StorageUnavailableException("kept.db can't be used now: The disk is full.")
            : Task.CompletedTask));

        var events = await engine.RunAsync("kept");

        Assert.Equal(JobState.Succeeded, ((DoneEvent)events[^1]).State);
        Assert.Equal(8, events.OfType<StartedEvent>().Count());
        Assert.All(events.OfType<RetryingEvent>(), retry => Assert.Contains("The disk is full", retry.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Attempts_that_finish_something_do_not_count_as_failed_ones()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("long", async context =>
        {
            Assert.Equal(context.Attempt - 1, context.RestoredPartials.Count);
            await context.PartialAsync(new PartialResult(context.Attempt, 8) { Text = "done" });
            if (context.Attempt < 8)
                throw new WorkloadException("busy", "Busy.") { IsTransient = true };
        }));

        var events = await engine.RunAsync("long");

        Assert.Equal(JobState.Succeeded, ((DoneEvent)events[^1]).State);
        Assert.Equal(8, events.OfType<StartedEvent>().Count());
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task An_attempt_that_finishes_what_was_finished_before_counts_as_a_failed_one(bool piece)
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("again", async context =>
        {
            await context.ReadCheckpointAsync();
            if (piece)
                await context.PartialAsync(new PartialResult(0, null) { Text = "what was found" });
            else
                await context.SaveCheckpointAsync("the order"u8.ToArray());
            if (context.Attempt < 10)
                throw new WorkloadException("busy", "Busy.") { IsTransient = true };
        }));

        var events = await engine.RunAsync("again");

        Assert.Equal("busy", ((DoneEvent)events[^1]).Error?.Code);
        Assert.Equal(5, events.OfType<StartedEvent>().Count());
    }

    [Fact]
    public async Task A_job_waits_as_long_as_the_other_side_asked()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("asked", context => context.Attempt == 1
            ? throw new WorkloadException("busy", "Busy.") { IsTransient = true, RetryAfter = TimeSpan.FromMilliseconds(300) }
            : Task.CompletedTask));

        var events = await engine.RunAsync("asked");

        Assert.Equal(300, events.OfType<RetryingEvent>().Single().DelayMs);
        Assert.True(events[3].At - events[2].At >= TimeSpan.FromMilliseconds(299));
    }

    [Fact]
    public async Task Failed_items_end_the_job_as_failed_with_its_result()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("items", async context =>
        {
            await context.PartialAsync(new PartialResult(0, 2) { Text = "ok" });
            await context.PartialAsync(new PartialResult(1, 2) { Error = "no" });
            return new WorkloadOutcome(LambdaWorkload.Text("ok"), FailedItems: 1);
        }));

        var done = (DoneEvent)(await engine.RunAsync("items"))[^1];

        Assert.Equal((JobState.Failed, "items_failed"), (done.State, done.Error!.Code));
        Assert.NotNull(done.ResultUrl);
    }

    [Fact]
    public async Task An_attempt_whose_time_is_over_ends_with_a_clear_error()
    {
        await using var engine = await EngineHost.StartAsync(
            new LambdaWorkload("slow", context => Forever.WaitAsync(context.CancellationToken))
            {
                Descriptor = LambdaWorkload.Describe("slow") with { Timeout = TimeSpan.FromMilliseconds(50) },
            });

        var done = (DoneEvent)(await engine.RunAsync("slow"))[^1];

        Assert.Equal((JobState.Failed, "timed_out"), (done.State, done.Error!.Code));
    }

    [Fact]
    public async Task A_handler_that_ignores_the_end_of_its_time_is_given_up_and_what_it_does_then_has_no_effect()
    {
        var release = new Signal();
        var over = new Signal();
        await using var engine = await EngineHost.StartAsync(
            o => o.CancelGrace = TimeSpan.FromMilliseconds(200),
            new LambdaWorkload("deaf", async context =>
            {
                await release.Task;
                context.Progress.Report(new(1, 2));
                await context.LogAsync(JobLogLevel.Info, "late");
                await context.PartialAsync(new PartialResult(0, 1) { Text = "late" });
                await context.BeginStageAsync("second");
                over.Set();
            })
            {
                Descriptor = LambdaWorkload.Describe("deaf") with { Timeout = TimeSpan.FromMilliseconds(20) },
            });

        var events = await engine.RunAsync("deaf");
        release.Set();
        await over.Task.Soon();

        Assert.Equal(["queued", "started", "done"], events.Select(e => e.Type));
        Assert.Equal(events.Count, (await engine.EndAsync(events[0].JobId)).Count);
    }

    [Fact]
    public async Task A_report_after_the_handler_returned_has_no_effect()
    {
        IProgress<ProgressUpdate>? kept = null;
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("kept", context =>
        {
            kept = context.Progress;
            kept.Report(new(1, 4));
            kept.Report(new(2, 4, "last"));
            return Task.CompletedTask;
        }));

        var events = await engine.RunAsync("kept");
        kept!.Report(new(3, 4, "late"));

        Assert.Equal(2, events.OfType<ProgressEvent>().Last().Current);
        Assert.Equal(events.Count, (await engine.EndAsync(events[0].JobId)).Count);
    }

    [Fact]
    public async Task A_plan_that_is_refused_at_last_ends_the_job()
    {
        var plans = 0;
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("planned", Task (_) =>
            throw new WorkloadException("busy", "Try again.") { IsTransient = true })
        {
            Plan = (_, _) => ++plans == 1
                ? new(new WorkloadPlan(LambdaWorkload.Describe("planned").Stages, null, "Title"))
                : throw new WorkloadException("engine_unavailable", "It is gone."),
        });

        var events = await engine.RunAsync("planned");

        Assert.Equal(2, plans);
        Assert.Equal(["queued", "started", "retrying", "done"], events.Select(e => e.Type));
        Assert.Equal("engine_unavailable", ((DoneEvent)events[^1]).Error!.Code);
    }

    [Fact]
    public async Task What_an_event_cannot_hold_is_the_handlers_failure_and_the_job_ends()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("broken", async context =>
            await context.PartialAsync(new PartialResult(0, 1) { Data = default(System.Text.Json.JsonElement) })));

        Assert.Equal("internal_error", ((DoneEvent)(await engine.RunAsync("broken"))[^1]).Error!.Code);
    }

    [Fact]
    public async Task A_piece_has_a_place_from_zero_on_or_nobody_would_find_it_again()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("negative", async context =>
            await context.PartialAsync(new PartialResult(-1, 1) { Text = "lost" })));

        var events = await engine.RunAsync("negative");

        Assert.Equal(["queued", "started", "done"], events.Select(e => e.Type));
        Assert.Equal("internal_error", ((DoneEvent)events[^1]).Error!.Code);
    }
}
