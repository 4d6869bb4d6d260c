using System.Collections.Concurrent;
using System.Diagnostics;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

/// <summary>A span for each attempt, and within it one for each stage.</summary>
public sealed class AttemptTraceTests : IDisposable
{
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ActivityListener _listener;

    public AttemptTraceTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == AttemptTrace.SourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _ended.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public async Task An_attempt_and_its_stages_are_spans()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("traced", async context =>
        {
            await context.BeginStageAsync("first");
            await context.BeginStageAsync("first");
            await context.ApplyAsync([new WorkloadUpdate { Stage = "second" }]);
        }));

        var job = (await engine.RunAsync("traced"))[0].JobId;
        var spans = await SpansAsync(job, attempts: 1);

        var attempt = Assert.Single(spans, s => s.OperationName == "attempt traced");
        Assert.Equal(
            (job.ToString(), "traced", 1, "lambda", "succeeded"),
            (Tag(attempt, "job.id"), Tag(attempt, "job.kind"), Tag(attempt, "attempt"), Tag(attempt, "engine"), Tag(attempt, "outcome")));
        Assert.Null(attempt.ParentId);
        Assert.Equal(ActivityStatusCode.Unset, attempt.Status);
        var stages = spans.Where(s => s != attempt).ToList();
        Assert.Equal(["first", "second"], stages.Select(s => Tag(s, "stage")));
        Assert.All(stages, s => Assert.Equal(attempt.SpanId, s.ParentSpanId));
    }

    [Fact]
    public async Task An_attempt_that_is_tried_again_and_one_that_fails_say_so()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("traced", async Task (context) =>
        {
            await context.BeginStageAsync("first");
            throw context.Attempt == 1
                ? new WorkloadException("busy", "Busy.") { IsTransient = true }
                : new WorkloadException("broken", "Broken.");
        }));

        var job = (await engine.RunAsync("traced"))[0].JobId;
        var spans = await SpansAsync(job, attempts: 2);

        var attempts = spans.Where(s => s.OperationName == "attempt traced").ToList();
        Assert.Equal(["retrying", "broken"], attempts.Select(s => Tag(s, "outcome")));
        Assert.Equal([ActivityStatusCode.Unset, ActivityStatusCode.Error], attempts.Select(s => s.Status));
        Assert.Equal(ActivityStatusCode.Error, spans.Last(s => Tag(s, "stage") is "first").Status);
        Assert.NotEqual(attempts[0].TraceId, attempts[1].TraceId);
    }

    [Fact]
    public async Task What_a_handler_starts_is_within_its_attempt()
    {
        ActivityContext? seen = null;
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("traced", async Task (context) =>
        {
            await context.BeginStageAsync("first");
            seen = Activity.Current?.Context;
        }));

        var job = (await engine.RunAsync("traced"))[0].JobId;
        var attempt = Assert.Single(await SpansAsync(job, attempts: 1), s => s.OperationName == "attempt traced");

        Assert.Equal(attempt.SpanId, seen?.SpanId);
    }

    [Fact]
    public async Task A_canceled_attempt_ends_its_spans()
    {
        var running = new Signal();
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("traced", async Task (context) =>
        {
            await context.BeginStageAsync("second");
            running.Set();
            await Forever.WaitAsync(context.CancellationToken);
        }));
        var job = await engine.SubmitAsync("traced");
        await running.Task.Soon();

        await engine.Jobs.CancelAsync(job.JobId, EngineHost.Owner, CancellationToken.None).Soon();
        var spans = await SpansAsync(job.JobId, attempts: 1);

        Assert.Equal("canceled", Tag(Assert.Single(spans, s => s.OperationName == "attempt traced"), "outcome"));
        Assert.Equal("second", Tag(Assert.Single(spans, s => s.OperationName == "stage second"), "stage"));
    }

    /// <summary>The spans of a job, in the order of their beginning; its end is told to watchers before its span ends.</summary>
    private async Task<IReadOnlyList<Activity>> SpansAsync(JobId job, int attempts)
    {
        List<Activity> mine = [];
        await Patience.UntilAsync(
            () =>
            {
                var ids = _ended.Where(a => Tag(a, "job.id") is string id && id == job.ToString()).Select(a => a.TraceId).ToHashSet();
                mine = [.. _ended.Where(a => ids.Contains(a.TraceId)).OrderBy(a => a.StartTimeUtc)];
                return ids.Count == attempts;
            },
            "the spans have ended");
        return mine;
    }

    private static object? Tag(Activity span, string name) => span.GetTagItem($"progresshub.{name}");
}
