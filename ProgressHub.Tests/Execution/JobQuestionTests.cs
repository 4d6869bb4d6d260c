using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

public sealed class JobQuestionTests
{
    private string? _answer = "never asked";

    [Fact]
    public async Task An_answer_reaches_the_handler_and_is_on_disk_when_the_answering_returns()
    {
        await using var engine = await EngineHost.StartAsync(Asking(["this", "that"], TimeSpan.FromHours(1)));
        var job = await engine.SubmitAsync("asks");
        var waiting = await engine.ReachAsync(job.JobId, JobState.WaitingForInput);
        Assert.Equal("Which one?", waiting.PendingInput!.Question);
        Assert.Equal(["this", "that"], waiting.PendingInput.Options!);

        Assert.True(await AnswerAsync(engine, job.JobId, waiting.PendingInput.RequestId, "that"));

        var stored = await engine.Jobs.ReadEventsAsync(job.JobId, EngineHost.Owner, 0, 100, CancellationToken.None);
        Assert.Contains(stored!, f => f.Type == "inputReceived");
        var events = await engine.EndAsync(job.JobId);
        Assert.Equal(["queued", "started", "inputRequired", "inputReceived", "done"], events.Select(e => e.Type));
        Assert.Equal("that", _answer);
        Assert.Equal("that", ((InputReceivedEvent)events[3]).Answer);
    }

    [Fact]
    public async Task Only_the_question_that_waits_takes_an_answer_and_only_one_of_its_options()
    {
        await using var engine = await EngineHost.StartAsync(Asking(["this", "that"], TimeSpan.FromHours(1)));
        var job = await engine.SubmitAsync("asks");
        var id = (await engine.ReachAsync(job.JobId, JobState.WaitingForInput)).PendingInput!.RequestId;

        Assert.Equal("wrong_request", await RefusedAsync(engine, job.JobId, "other", "this"));
        Assert.Equal("invalid_answer", await RefusedAsync(engine, job.JobId, id, "something else"));
        Assert.True(await AnswerAsync(engine, job.JobId, id, "this"));
        Assert.Equal("no_pending_input", await RefusedAsync(engine, job.JobId, id, "this"));

        await engine.EndAsync(job.JobId);
        Assert.Equal("no_pending_input", await RefusedAsync(engine, job.JobId, id, "this"));
    }

    [Fact]
    public async Task An_answer_that_is_longer_than_any_person_types_is_refused()
    {
        await using var engine = await EngineHost.StartAsync(Asking(null, TimeSpan.FromHours(1)));
        var job = await engine.SubmitAsync("asks");
        var id = (await engine.ReachAsync(job.JobId, JobState.WaitingForInput)).PendingInput!.RequestId;

        Assert.Equal("invalid_answer", await RefusedAsync(engine, job.JobId, id, new string('x', 10_001)));

        Assert.True(await AnswerAsync(engine, job.JobId, id, new string('x', 10_000)));
        await engine.EndAsync(job.JobId);
    }

    [Fact]
    public async Task Of_many_answers_at_once_one_counts()
    {
        await using var engine = await EngineHost.StartAsync(Asking(null, TimeSpan.FromHours(1)));
        var job = await engine.SubmitAsync("asks");
        var id = (await engine.ReachAsync(job.JobId, JobState.WaitingForInput)).PendingInput!.RequestId;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            try
            {
                await AnswerAsync(engine, job.JobId, id, $"{n}");
                return $"{n}";
            }
            catch (JobConflictException)
            {
                return null;
            }
        })));

        var events = await engine.EndAsync(job.JobId);
        Assert.Equal(Assert.Single(outcomes, o => o is not null), _answer);
        Assert.Single(events.OfType<InputReceivedEvent>());
    }

    [Fact]
    public async Task Nobody_answering_in_time_is_an_answer_too()
    {
        await using var engine = await EngineHost.StartAsync(Asking(null, TimeSpan.FromMilliseconds(30)));

        var events = await engine.RunAsync("asks");

        Assert.Null(_answer);
        Assert.Null(events.OfType<InputReceivedEvent>().Single().Answer);
        Assert.Equal(JobState.Succeeded, ((DoneEvent)events[^1]).State);
    }

    [Theory, InlineData(0), InlineData(-1), InlineData(-5000)]
    public async Task A_question_needs_time_to_be_answered(int milliseconds)
    {
        await using var engine = await EngineHost.StartAsync(Asking(null, TimeSpan.FromMilliseconds(milliseconds)));

        var events = await engine.RunAsync("asks");

        Assert.Equal(["queued", "started", "done"], events.Select(e => e.Type));
        Assert.Equal("internal_error", ((DoneEvent)events[^1]).Error!.Code);
    }

    [Fact]
    public async Task A_question_that_is_asked_once_more_after_a_crash_is_the_same_question()
    {
        await using var engine = await EngineHost.StartAsync(Asking(null, TimeSpan.FromHours(1)));
        var job = await engine.SubmitAsync("asks");
        var id = (await engine.ReachAsync(job.JobId, JobState.WaitingForInput)).PendingInput!.RequestId;

        await engine.CrashAsync();

        Assert.Equal(id, (await engine.ReachAsync(job.JobId, JobState.WaitingForInput)).PendingInput!.RequestId);
        Assert.True(await AnswerAsync(engine, job.JobId, id, "that"));
        await engine.EndAsync(job.JobId);
        Assert.Equal("that", _answer);
    }

    [Fact]
    public async Task Questions_are_asked_one_after_the_other()
    {
        var answers = Array.Empty<string?>();
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("asks", async context => answers =
            await Task.WhenAll(
                context.AskAsync("1", null, TimeSpan.FromHours(1)), context.AskAsync("2", null, TimeSpan.FromHours(1)))));
        var job = await engine.SubmitAsync("asks");

        foreach (var answer in new[] { "a", "b" })
        {
            JobSnapshot? waiting = null;
            await Patience.UntilAsync(
                async () => (waiting = await engine.Jobs.FindAsync(job.JobId, EngineHost.Owner, CancellationToken.None))!
                    .PendingInput?.Question == (answer == "a" ? "1" : "2"),
                "the question is asked");
            await AnswerAsync(engine, job.JobId, waiting!.PendingInput!.RequestId, answer);
        }

        await engine.EndAsync(job.JobId);
        Assert.Equal("a,b", string.Join(",", answers));
    }

    [Fact]
    public async Task A_queued_job_asks_nothing()
    {
        var running = new Signal();
        await using var engine = await EngineHost.StartAsync(o => o.MaxConcurrency = 1, new LambdaWorkload("waits", context =>
        {
            running.Set();
            return Forever.WaitAsync(context.CancellationToken);
        }));
        await engine.SubmitAsync("waits");
        await running.Task.Soon();

        Assert.Equal("no_pending_input", await RefusedAsync(engine, (await engine.SubmitAsync("waits")).JobId, "x", "y"));
    }

    private static Task<bool> AnswerAsync(EngineHost engine, JobId id, string request, string answer) =>
        engine.Jobs.AnswerAsync(id, EngineHost.Owner, request, answer, CancellationToken.None).Soon();

    private static async Task<string> RefusedAsync(EngineHost engine, JobId id, string request, string answer) =>
        (await Assert.ThrowsAsync<JobConflictException>(() => AnswerAsync(engine, id, request, answer))).Code;

    private LambdaWorkload Asking(string[]? options, TimeSpan timeout) =>
        new("asks", async context => _answer = await context.AskAsync("Which\none?", options, timeout));
}
