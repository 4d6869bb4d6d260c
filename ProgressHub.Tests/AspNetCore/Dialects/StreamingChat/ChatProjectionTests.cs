using System.Text;
using System.Text.Json;
using ProgressHub.AspNetCore.Dialects;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.AspNetCore.Dialects.StreamingChat;
using ProgressHub.Workloads.Knowledge.Ask;

namespace ProgressHub.Tests.AspNetCore.Dialects.StreamingChat;

/// <summary>The projection alone: events in, JSON out.</summary>
public sealed class ChatProjectionTests
{
    private static readonly JobId Id = JobId.Parse("5f0c0123456789abcdef0123456789ab", null);
    private static readonly DateTimeOffset Begun = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);
    private static readonly ChatTask Task = ChatTask.Of(new AskDetails("？", "guan_yu", "zh", true, new Dictionary<string, string> { ["number"] = "40" }));
    private static readonly StartedEvent Started = new(
        [new("processing", "Processing", 0.1), new("analyzing_rag", "Retrieving", 0.1), new("generating_llm", "Answering", 0.7), new("completed", "Completing", 0.1)]);

    [Fact]
    public void A_stage_begins_with_its_estimate_and_ends_when_the_next_begins_with_its_real_time()
    {
        var told = Tell(ChatEvents.Streaming, (0, Started), (100, Stage("analyzing_rag", 3_000)), (2_200, Stage("generating_llm", null)), (2_300, Stage("completed", null)));

        Assert.Equal(
            [
                ("RAG檢索_start", 15, "🎯 開始 RAG檢索 (預計 3.0s)"), ("RAG檢索_complete", 50, "✅ RAG檢索完成 (2.1s)"),
                ("LLM推理_start", 55, "🎯 開始 LLM推理"), ("LLM推理_complete", 92, "✅ LLM推理完成 (0.1s)"),
            ],
            told.Select(m => (m.Text("stage")!, m.Progress(), m.Text("message")!)));
        Assert.Equal("""{"elapsed":0,"estimated_duration":3,"progress_rate":0}""", told[0].GetProperty("data").GetRawText());
        Assert.Equal("""{"elapsed":2.1,"progress_rate":100}""", told[1].GetProperty("data").GetRawText());
        Assert.Equal([0.1, 2.2, 2.2, 2.3], told.Select(m => m.GetProperty("elapsed_seconds").GetDouble()));
        Assert.Equal("2026-11-20T10:00:02.200Z", told[1].Text("timestamp"));
    }

    [Fact]
    public void An_update_of_the_clock_is_both_a_step_and_a_time()
    {
        var told = Tell(ChatEvents.All, (0, Started), (0, Stage("generating_llm", 15_000)), (6_000, Pulse(6, 15, 0.55)));

        Assert.Equal(["streaming_progress", "enhanced_progress", "streaming_progress"], told.Select(m => m.Type()));
        Assert.Equal("LLM推理_processing", told[2].Text("stage"));
        Assert.Equal("""{"elapsed":6,"estimated_duration":15,"progress_rate":40}""", told[2].GetProperty("data").GetRawText());
        Assert.Equal(("generating_llm", "working"), (told[1].Text("stage"), told[1].Text("message")));
        Assert.Equal(told[1].Progress(), told[2].Progress());
    }

    [Fact]
    public void A_beat_that_says_nothing_new_is_one_message_whichever_family_is_asked_for()
    {
        (long, JobEvent)[] log =
        [
            (0, Started), (0, Stage("generating_llm", 15_000)), (6_000, Pulse(6, 15, 0.55)), (7_000, Pulse(7, 15, 0.57)),
        ];

        Assert.Equal(
            ["streaming_progress", "enhanced_progress", "streaming_progress", "streaming_progress"], Tell(ChatEvents.All, log).Select(m => m.Type()));
        Assert.Equal(["enhanced_progress", "enhanced_progress"], Tell(ChatEvents.Enhanced, log).Select(m => m.Type()));
    }

    [Fact]
    public void Overdue_work_is_not_wholly_done()
    {
        var told = Tell(ChatEvents.Streaming, (0, Started), (0, Stage("generating_llm", 15_000)), (90_000, Pulse(90, 15, 0.87)));

        Assert.Equal(99, told[^1].GetProperty("data").GetProperty("progress_rate").GetDouble());
        Assert.True(told[^1].Progress() < 92);
    }

    [Fact]
    public void What_repeats_what_is_known_is_not_told()
    {
        var label = new ProgressEvent { Stage = "analyzing_rag", Message = "Retrieving" };

        Assert.Single(Tell(ChatEvents.All, (0, Started), (0, Stage("analyzing_rag", 1)), (0, label), (0, Pulse(0, 3, 0.15))));
    }

    [Theory]
    [InlineData(0.1, 0.1, 0.7, 0.1)]
    [InlineData(0.01, 0.01, 0.97, 0.01)]
    [InlineData(0.25, 0.25, 0.25, 0.25)]
    public void Whatever_weights_were_learned_the_scale_is_the_same_and_never_falls(double a, double b, double c, double d)
    {
        var weights = new[] { a, b, c, d };
        var started = new StartedEvent([.. Started.Stages.Select((s, i) => s with { Weight = weights[i] })]);
        List<(long, JobEvent)> events = [(0, new QueuedEvent("ask", "t", 0)), (0, started)];
        for (var stage = 0; stage < 4; stage++)
        {
            events.Add((0, Stage(Started.Stages[stage].Name, 1)));
            for (var share = 0; share <= 20; share++)
                events.Add((0, Step(Started.Stages[stage].Name, share / 20.0)));
        }

        events.Add((0, new DoneEvent(JobState.Succeeded, null, null, new JobSummary(1, []))));

        var progress = Tell(ChatEvents.All, [.. events]).Where(m => m.TryGetProperty("progress", out _))
            .Select(m => (m.TryGetProperty("stage", out var stage) ? stage.GetString() : "", m.Progress())).ToList();

        Assert.Equal(progress.Select(p => p.Item2).Order(), progress.Select(p => p.Item2));
        Assert.Equal((0, 100), (progress[0].Item2, progress[^1].Item2));
        Assert.Equal((15, 50), Range("analyzing_rag"));
        Assert.Equal((55, 92), Range("generating_llm"));

        (int, int) Range(string stage) => (progress.First(p => p.Item1 == stage).Item2, progress.Last(p => p.Item1 == stage).Item2);
    }

    [Fact]
    public void A_hundred_is_not_said_before_the_end_is_certain()
    {
        var told = Tell(ChatEvents.All, (0, Started), (0, Stage("completed", 1)), (0, Step("completed", 0.99)), (0, new DoneEvent(JobState.Failed, new JobError("disk_full", "No room."), null, new JobSummary(1, []))));

        Assert.Equal(["enhanced_error"], told.Select(m => m.Type()));
        Assert.Equal(("No room.", "disk_full"), (told[0].Text("error"), told[0].Text("code")));
        Assert.True(told[0].Progress() < 100);
    }

    [Fact]
    public void A_warning_is_told_where_the_task_stands_and_a_line_that_was_just_said_is_not_told_twice()
    {
        var told = Tell(
            ChatEvents.Enhanced, (0, Started), (0, Stage("analyzing_rag", 1)), (0, Step("analyzing_rag", 1) with { Message = "沒有找到" }),
            (0, new LogEvent(JobLogLevel.Warning, "沒有找到")), (0, new LogEvent(JobLogLevel.Info, "info")), (0, new LogEvent(JobLogLevel.Warning, "等待 3 秒")));

        Assert.Equal([(50, "沒有找到"), (50, "等待 3 秒")], told.Select(m => (m.Progress(), m.Text("message")!)));
    }

    [Fact]
    public void The_result_of_the_job_is_the_result_of_the_task()
    {
        var result = new ResultDocument("application/json", "a.json", Encoding.UTF8.GetBytes(
            """{"question":"?","answer":"好 😀","engine":"openai","confidence":{"value":0.836,"meaning":"m"},"citations":[{"n":1}]}"""));
        var done = new DoneEvent(JobState.Succeeded, null, "/r", new JobSummary(5_000, [new("processing", 1), new("completed", 1)]))
        {
            JobId = Id, Seq = 9, At = Begun,
        };
        var before = JobSnapshot.Empty(Id, Begun) with { Message = "解釋生成完成！", Stage = "completed" };

        var told = new ChatProjection(Task, ChatEvents.All).Tell(new JobMoment(before, done, before.Apply(done), result)).Select(Read).ToList();

        Assert.Equal((100, "解釋生成完成！"), (told[0].Progress(), told[0].Text("message")));
        Assert.Equal(
            """{"response":"好 😀","confidence":84,"processing_time_ms":5000,"engine":"openai","citations":[{"n":1}]}""",
            told[1].GetProperty("result").GetRawText());
        Assert.Equal("""{"total_processing_time":5000,"stages_completed":["processing","completed"]}""", told[1].GetProperty("summary").GetRawText());
    }

    private static List<JsonElement> Tell(ChatEvents events, params (long ElapsedMs, JobEvent Event)[] log)
    {
        var projection = new ChatProjection(Task, events);
        var (state, told) = (JobSnapshot.Empty(Id, Begun), new List<JsonElement>());
        foreach (var (index, (elapsed, next)) in log.Index())
        {
            var placed = next with { JobId = Id, Seq = index + 1, At = Begun.AddMilliseconds(elapsed), Attempt = 1, ElapsedMs = elapsed };
            var moment = new JobMoment(state, placed, state.Apply(placed));
            state = moment.After;
            told.AddRange(projection.Tell(moment).Select(Read));
        }

        return told;
    }

    private static JsonElement Read(DialectMessage message) => JsonDocument.Parse(message.Json).RootElement;

    private static StageEvent Stage(string name, long? expectedMs) => new(name, name, 1, 4) { ExpectedMs = expectedMs };

    // The job's own fraction goes by the time: this scale has nothing to do with it.
    private static ProgressEvent Step(string stage, double share) =>
        new() { Stage = stage, Fraction = 0.03, StageFraction = share, Message = "step", Estimated = true };

    private static ProgressEvent Pulse(double elapsed, double usual, double fraction) => new()
    {
        Stage = "generating_llm", Fraction = fraction, StageFraction = 0.5, Current = elapsed, Total = usual, Unit = "seconds", Message = "working", Estimated = true,
    };
}
