using System.Text.Json;
using ProgressHub.AspNetCore.Dialects;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Workloads.AspNetCore.Dialects.Transcription;

namespace ProgressHub.Tests.AspNetCore.Dialects.Transcription;

/// <summary>What the dialect makes of events, without a server.</summary>
public sealed class ProjectionTests
{
    private static readonly JobId Job = JobId.New();
    private static readonly DateTimeOffset Now = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    private static readonly StageDeclaration[] Stages =
    [
        new("uploading", "Uploading", 0.1), new("preprocessing", "Preprocessing", 0.2), new("transcribing", "Transcribing", 0.6),
        new("completed", "Completing", 0.1),
    ];

    private static readonly JobEvent[] Log =
    [
        new QueuedEvent("transcription", "a.wav", 2),
        new StartedEvent(Stages, "pocketsphinx"),
        new StageEvent("uploading", "Uploading", 1, 4),
        new ProgressEvent { Stage = "uploading", Fraction = 0.05, StageFraction = 0.5, Current = 5e6, Total = 10e6, Unit = "bytes", Message = "Receiving a.wav" },
        new StageEvent("preprocessing", "Preprocessing", 2, 4),
        new ProgressEvent { Stage = "preprocessing", Fraction = 0.2, StageFraction = 0.5, Message = "Converting" },
        new StageEvent("transcribing", "Transcribing", 3, 4),
        new ProgressEvent { Stage = "transcribing", Fraction = 0.5, StageFraction = 1 / 3.0, Message = "Heard 0:10 of 0:30" },
        new PartialEvent(0, 2, true, "Hello"),
        new PartialEvent(1, 2, true, " there\n you "),
        new PartialEvent(2, 2, true, "  "),
        new ProgressEvent { Stage = "transcribing", Fraction = 0.9, StageFraction = 1, Message = "Heard 0:30 of 0:30" },
        new StageEvent("completed", "Completing", 4, 4),
        new LogEvent(JobLogLevel.Success, "Well"),
        new DoneEvent(JobState.Succeeded, null, null, new JobSummary(1, [])),
    ];

    [Fact]
    public void Each_event_is_told_by_the_table_of_stages() => Assert.Equal(
        [
            ("uploading", 0, "Waiting for its turn; 2 jobs are before it"), ("uploading", 0, "Waiting for the audio"),
            ("uploading", 0, "Uploading"), ("uploading", 0, "Receiving a.wav (5.0 of 10.0 MB)"),
            ("preprocessing", 10, "Preprocessing"), ("preprocessing", 10, "Converting"),
            ("transcribing", 30, "Transcribing"), ("transcribing", 50, "Heard 0:10 of 0:30"), ("transcribing", 90, "Heard 0:30 of 0:30"),
            ("transcribing", 90, "Putting the transcription together"), ("completed", 100, "Transcription complete"),
        ],
        Told(new ProgressProjection("x"), Log).Select(m => (m.GetProperty("status").GetString()!, m.GetProperty("progress").GetInt32(), m.GetProperty("message").GetString()!)));

    [Theory]
    [InlineData(JobState.Failed), InlineData(JobState.Canceled)]
    public void What_ends_badly_is_an_error_at_0(JobState state)
    {
        var error = state == JobState.Failed ? new JobError("not_audio", "It is no audio: \"日本\" <b>.") : null;
        var last = Told(new ProgressProjection("x"), [.. Log[..8], new DoneEvent(state, error, null, new JobSummary(1, []))])[^1];

        Assert.Equal(
            $$"""{"status":"error","progress":0,"message":"{{(error is null ? "The transcription was canceled." : "It is no audio: \\\"日本\\\" <b>.")}}","job_id":"x"}""",
            last.ToString());
    }

    [Fact]
    public void Only_the_end_is_called_completed()
    {
        var statuses = Told(new ProgressProjection("x"), Log).Select(m => m.GetProperty("status").GetString()).ToList();

        Assert.Equal(statuses.Count - 1, statuses.IndexOf("completed"));
    }

    [Fact]
    public void Deltas_add_up_to_the_text_of_the_end()
    {
        var result = new ResultDocument("application/json", "a.json", """
            {"text":"Hello there you","language":"en","duration":30,"engine":"pocketsphinx","segments":[]}
            """u8.ToArray());
        var told = Told(new SpokenProjection("x"), Log, result);

        Assert.Equal(
            """{"type":"transcript.text.done","text":"Hello there you","job_id":"x"}""", told[^1].ToString());
        Assert.Equal("Hello there you", string.Concat(told[..^1].Select(m => m.GetProperty("delta").GetString())));
    }

    [Fact]
    public void A_segment_that_is_heard_again_is_not_said_again() => Assert.Empty(
        Told(new SpokenProjection("x"), [.. Log[..7], new PartialEvent(0, 2, true, "Hello") { Replaces = "ok" }]));

    [Fact]
    public void A_stream_tells_of_a_failure_as_an_error_object() => Assert.Equal(
        """{"error":{"message":"No.","type":"server_error","param":null,"code":"engine_failed"}}""",
        Told(new SpokenProjection("x"), [.. Log[..7], new DoneEvent(JobState.Failed, new JobError("engine_failed", "No."), null, new JobSummary(1, []))]).Single().ToString());

    [Fact]
    public void The_same_id_of_two_owners_is_two_jobs_and_of_one_owner_always_the_same()
    {
        Assert.Equal(ChosenId.Find("a1b2c3d4", "ann"), ChosenId.Find("a1b2c3d4", "ann"));
        Assert.NotEqual(ChosenId.Find("a1b2c3d4", "ann")!.Value.Job, ChosenId.Find("a1b2c3d4", "bob")!.Value.Job);
        Assert.Equal(Job, ChosenId.Find(Job.ToString(), "ann")!.Value.Job);
        Assert.All((string[])["", "a b", "a/b", "..", "ü", new string('x', 65), "a\n"], text => Assert.Null(ChosenId.Find(text, "ann")));
    }

    private static List<JsonElement> Told(IProjection projection, IReadOnlyList<JobEvent> log, ResultDocument? result = null)
    {
        List<JsonElement> told = [];
        var state = JobSnapshot.Empty(Job, Now);
        foreach (var (index, item) in log.Index())
        {
            var next = item with { JobId = Job, Seq = index + 1, At = Now, Attempt = index == 0 ? 0 : 1 };
            var after = state.Apply(next);
            told.AddRange(projection.Tell(new JobMoment(state, next, after, next is DoneEvent ? result : null))
                .Select(m => JsonElement.Parse(m.Json.Span)));
            state = after;
        }

        return told;
    }
}
