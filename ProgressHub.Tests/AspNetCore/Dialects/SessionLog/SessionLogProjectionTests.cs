using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Workloads.AspNetCore.Dialects.SessionLog;

namespace ProgressHub.Tests.AspNetCore.Dialects.SessionLog;

/// <summary>What the dialect makes of an event, without a server.</summary>
public sealed class SessionLogProjectionTests
{
    private static readonly JobId Job = JobId.Parse("0123456789abcdef0123456789abcdef", null);
    private static readonly DateTimeOffset At = new(2026, 11, 20, 10, 0, 0, 123, TimeSpan.Zero);

    [Theory]
    [InlineData(JobLogLevel.Info, "info"), InlineData(JobLogLevel.Success, "success")]
    [InlineData(JobLogLevel.Warning, "warning"), InlineData(JobLogLevel.Error, "error")]
    public void A_line_of_the_log_keeps_its_level_its_step_and_its_words(JobLogLevel level, string name)
    {
        var line = Of(new LogEvent(level, "价格 \"x\" </script>", 2, 5))!;

        Assert.Equal(new SessionEvent($"{Job}-7", name, "价格 \"x\" </script>", 2, 5, At), line);
    }

    [Theory]
    [InlineData("session,reading,context,planning", "Analysis failed: too bad"), InlineData("session,reading,context", "Context search failed: too bad")]
    [InlineData("session,reading,context,planning,executing", "Analysis failed: too bad"), InlineData("session,reading,executing", "Query execution failed: too bad")]
    [InlineData("", "Analysis failed: too bad")]
    public void A_failure_is_an_error_that_says_what_failed(string stages, string message)
    {
        var summary = new JobSummary(5, [.. stages.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(s => new StageDuration(s, 1))]);
        var line = Of(new DoneEvent(JobState.Failed, new JobError("code", "too bad"), null, summary))!;

        Assert.Equal(("error", message, null), (line.Level, line.Message, line.Step));
    }

    [Fact]
    public void An_interruption_and_a_cancellation_are_warnings_and_a_good_end_is_told_by_the_log_alone()
    {
        Assert.Equal(
            ("warning", "Interrupted, starting again: The server was restarted."),
            (Of(new RetryingEvent("The server was restarted.", 0))!.Level, Of(new RetryingEvent("The server was restarted.", 0))!.Message));
        Assert.Equal("warning", Of(new DoneEvent(JobState.Canceled, null, null, new JobSummary(1, [])))!.Level);
        Assert.Null(Of(new DoneEvent(JobState.Succeeded, null, "/r", new JobSummary(1, []))));
        Assert.Null(Of(new StageEvent("context", "Context", 1, 2)));
    }

    private static SessionEvent? Of(JobEvent jobEvent) => SessionLogProjection.Of(jobEvent with { JobId = Job, Seq = 7, At = At });
}
