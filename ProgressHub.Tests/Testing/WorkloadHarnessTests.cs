using System.Text;
using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Testing;

public sealed class WorkloadHarnessTests
{
    [Fact]
    public async Task A_run_hands_back_all_that_the_handler_told_in_order()
    {
        using var harness = new WorkloadHarness(new ReadingWorkload(async (input, context) =>
        {
            await context.BeginStageAsync("reading");
            await context.LogAsync(JobLogLevel.Warning, "Pages stick together.", 1, 2);
            context.Progress.Report(new ProgressUpdate(1, input.Pages));
            await context.PartialAsync(new PartialResult(0, input.Pages) { Text = "one" });
            await context.SaveCheckpointAsync("page 1"u8.ToArray());
            return WorkloadOutcome.Text("read");
        }));

        var run = await harness.RunAsync(new { pages = 2 });

        Assert.Equal((JobState.Succeeded, 1), (run.State, run.Attempt));
        Assert.Equal(["reading"], run.Record.StageNames);
        Assert.Equal(new RecordedLog(JobLogLevel.Warning, "Pages stick together.", 1, 2), Assert.Single(run.Record.Lines));
        Assert.Equal(new ProgressUpdate(1, 2), Assert.Single(run.Record.Updates));
        Assert.Equal("one", run.Partials[0].Text);
        Assert.Equal("page 1"u8.ToArray(), run.Checkpoint);
        Assert.Equal("read", Encoding.UTF8.GetString(run.Result!.Body.Span));
        Assert.Equal(
            [typeof(RecordedStage), typeof(RecordedLog), typeof(RecordedProgress), typeof(RecordedPartial), typeof(RecordedCheckpoint)],
            run.Record.Events.Select(e => e.GetType()));
    }

    [Theory]
    [InlineData("""{"pages":0}"""), InlineData("""{"pages":"two"}"""), InlineData("{}")]
    public async Task An_input_that_a_server_refuses_is_refused_with_the_name_of_its_property(string input)
    {
        using var harness = new WorkloadHarness(new ReadingWorkload((_, _) => Task.CompletedTask));

        var refusal = await Assert.ThrowsAsync<WorkloadException>(() => harness.RunAsync(JsonElement.Parse(input)));

        Assert.Equal(("invalid_input", "pages"), (refusal.Code, refusal.Property));
    }

    [Fact]
    public async Task A_typed_input_is_as_good_as_its_json()
    {
        var seen = 0;
        using var harness = new WorkloadHarness(new ReadingWorkload((input, _) => Task.FromResult(seen = input.Pages)));

        await harness.RunAsync(new ReadingInput(7));

        Assert.Equal(7, seen);
    }

    [Fact]
    public async Task An_attempt_that_was_interrupted_resumes_with_what_it_had_done()
    {
        using var harness = new WorkloadHarness(new ReadingWorkload(ReadAsync)) { InterruptAfterPartials = 3 };

        var first = await harness.RunAsync(new { pages = 8 });
        harness.InterruptAfterPartials = null;
        var second = await harness.ResumeAsync(first);

        Assert.Equal((JobState.Canceled, JobState.Succeeded, 2), (first.State, second.State, second.Attempt));
        Assert.Equal([0, 1, 2], first.Record.Partials.Select(p => p.Index));
        Assert.Equal([3, 4, 5, 6, 7], second.Record.Partials.Select(p => p.Index));
        Assert.Equal(8, second.Partials.Count);
    }

    [Fact]
    public async Task What_is_told_once_an_attempt_is_interrupted_has_no_effect()
    {
        using var harness = new WorkloadHarness(new ReadingWorkload(async (_, context) =>
        {
            await context.PartialAsync(new PartialResult(0, null) { Text = "before" });
            await context.PartialAsync(new PartialResult(1, null) { Text = "after" });
            await context.SaveCheckpointAsync(new byte[] { 1 });
        })) { InterruptAfterPartials = 1 };

        var run = await harness.RunAsync(new { pages = 1 });

        Assert.Equal(JobState.Canceled, run.State);
        Assert.Equal("before", Assert.Single(run.Partials).Value.Text);
        Assert.Null(run.Checkpoint);
        Assert.Equal("before", Encoding.UTF8.GetString(run.Result!.Body.Span));
    }

    [Fact]
    public async Task Pieces_that_were_cut_in_another_way_are_not_restored()
    {
        var workload = new ReadingWorkload(ReadAsync) { Cut = "by page" };
        using var harness = new WorkloadHarness(workload) { InterruptAfterPartials = 1 };
        var first = await harness.RunAsync(new { pages = 2 });

        workload.Cut = "by chapter";
        harness.InterruptAfterPartials = null;
        var second = await harness.ResumeAsync(first);

        Assert.Equal([0, 1], second.Record.Partials.Select(p => p.Index));
    }

    [Fact]
    public async Task Questions_are_answered_by_the_test_and_else_by_nobody()
    {
        var answers = new List<string?>();
        using var harness = new WorkloadHarness(new ReadingWorkload(async (_, context) =>
        {
            answers.Add(await context.AskAsync("Which way?", ["left", "right"], TimeSpan.FromMinutes(1)));
            answers.Add(await context.AskAsync("Why?", null, TimeSpan.FromMinutes(1)));
        })) { OnAsk = question => question == "Which way?" ? "left" : null };

        var run = await harness.RunAsync(new { pages = 1 });

        Assert.Equal(["left", null], answers);
        Assert.Equal(["Which way?", "Why?"], run.Record.Questions.Select(q => q.Question));
    }

    [Fact]
    public async Task An_answer_that_a_server_would_refuse_is_a_mistake_of_the_test()
    {
        using var harness = new WorkloadHarness(new ReadingWorkload((_, context) =>
            context.AskAsync("Which way?", ["left", "right"], TimeSpan.FromMinutes(1)))) { OnAsk = _ => "up" };

        await Assert.ThrowsAsync<InvalidOperationException>(() => harness.RunAsync(new { pages = 1 }));
    }

    [Fact]
    public async Task A_secret_is_not_in_the_input_that_is_kept()
    {
        string? input = null, secret = null, typed = null;
        using var harness = new WorkloadHarness(new ReadingWorkload((read, context) =>
        {
            (input, secret, typed) = (context.Input.ToString(), context.Secret("apiKey"), read.ApiKey);
            return Task.CompletedTask;
        }));

        var run = await harness.RunAsync(new { pages = 1, apiKey = "s3cret" });

        Assert.Equal("paid", run.Plan.Engine);
        Assert.DoesNotContain("s3cret", input, StringComparison.Ordinal);
        Assert.Equal(("s3cret", "s3cret"), (secret, typed));
    }

    [Fact]
    public async Task A_failure_that_a_user_may_see_is_handed_back()
    {
        using var harness = new WorkloadHarness(new ReadingWorkload((_, _) =>
            Task.FromException(new WorkloadException("page_missing", "A page is missing.") { IsTransient = true })));

        var run = await harness.RunAsync(new { pages = 1 });

        Assert.Equal((JobState.Failed, "page_missing", true), (run.State, run.Error!.Code, run.Error.IsTransient));
        Assert.Null(run.Result);
    }

    [Fact]
    public async Task A_failure_that_nobody_foresaw_fails_the_test()
    {
        using var harness = new WorkloadHarness(new ReadingWorkload((_, _) => Task.FromException(new FormatException())));

        await Assert.ThrowsAsync<FormatException>(() => harness.RunAsync(new { pages = 1 }));
    }

    [Fact]
    public async Task Pieces_that_failed_for_good_fail_the_job_and_leave_its_result()
    {
        using var harness = new WorkloadHarness(new ReadingWorkload((_, _) =>
            Task.FromResult(WorkloadOutcome.Text("most of it") with { FailedItems = 2 })));

        var run = await harness.RunAsync(new { pages = 1 });

        Assert.Equal((JobState.Failed, "items_failed"), (run.State, run.Error!.Code));
        Assert.NotNull(run.Result);
    }

    [Fact]
    public async Task A_handler_that_does_not_end_when_it_is_canceled_is_told_of()
    {
        var forever = new TaskCompletionSource();
        using var canceled = new CancellationTokenSource();
        using var harness = new WorkloadHarness(new ReadingWorkload(async (_, _) =>
        {
            await canceled.CancelAsync();
            await forever.Task;
        })) { CancelGrace = TimeSpan.FromMilliseconds(20) };

        await Assert.ThrowsAsync<TimeoutException>(() => harness.RunAsync(new { pages = 1 }, canceled.Token).Soon());
        forever.SetResult();
    }

    [Fact]
    public async Task A_stage_that_the_plan_has_not_can_not_begin()
    {
        using var harness = new WorkloadHarness(new ReadingWorkload((_, context) => context.BeginStageAsync("dreaming").AsTask()));

        await Assert.ThrowsAsync<ArgumentException>(() => harness.RunAsync(new { pages = 1 }));
    }

    [Fact]
    public async Task Files_come_in_and_what_was_made_of_them_is_there_in_the_next_attempt()
    {
        var found = "";
        using var harness = new WorkloadHarness(new ReadingWorkload(async (_, context) =>
        {
            if (await context.FindFileAsync("copy.txt") is { } copy)
                found = await File.ReadAllTextAsync(copy.Path);
            var file = await context.ReceiveFileAsync("f1");
            await context.AddFileAsync("copy.txt", "text/plain", await File.ReadAllTextAsync(file.Path));
        }));
        harness.Upload("f1", "book.txt", "text/plain", "Call me."u8.ToArray());

        var run = await harness.RunAsync(new { pages = 1 });
        await harness.ResumeAsync(run);

        Assert.Equal(8, run.Files["copy.txt"].Length);
        Assert.Equal("Call me.", found);
    }

    [Fact]
    public async Task The_handler_has_the_clock_of_the_test()
    {
        var time = new ManualTime();
        DateTimeOffset? seen = null;
        using var harness = new WorkloadHarness(new ReadingWorkload((_, context) =>
        {
            seen = context.Time.GetUtcNow();
            return Task.CompletedTask;
        })) { Clock = time };

        await harness.RunAsync(new { pages = 1 });

        Assert.Equal(time.GetUtcNow(), seen);
    }

    private static async Task ReadAsync(ReadingInput input, WorkloadContext context)
    {
        for (var page = 0; page < input.Pages; page++)
        {
            if (!context.RestoredPartials.ContainsKey(page))
                await context.PartialAsync(new PartialResult(page, input.Pages) { Text = $"{page} " });
        }
    }
}
