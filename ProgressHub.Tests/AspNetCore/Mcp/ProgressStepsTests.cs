using ProgressHub.AspNetCore.Mcp;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.AspNetCore.Mcp;

public sealed class ProgressStepsTests
{
    private readonly JobSnapshot _job = JobSnapshot.Empty(JobId.New(), DateTimeOffset.UnixEpoch) with { State = JobState.Running };
    private readonly ProgressSteps _steps = new();

    [Fact]
    public void The_first_names_the_job() =>
        Assert.Equal((0, $"Job {_job.JobId}: Running"), _steps.Next(_job));

    [Fact]
    public void What_is_not_new_is_not_told()
    {
        _steps.Next(_job with { Fraction = 0.5, Message = "half" });
        _steps.Next(_job with { Fraction = 0.5, Message = "half" });

        Assert.Null(_steps.Next(_job with { Fraction = 0.5, Message = "half" }));
    }

    [Fact]
    public void A_second_attempt_that_begins_anew_does_not_fall()
    {
        _steps.Next(_job with { Fraction = 0.5 });
        var again = _steps.Next(_job with { Fraction = 0.1, Message = "again" });

        Assert.True(again!.Value.Progress > 50);
        Assert.Equal("again", again.Value.Message);
    }

    [Fact]
    public void Whatever_comes_each_is_above_the_one_before_and_none_but_the_end_is_100()
    {
        var last = -1.0;
        var random = new Random(7);
        for (var i = 0; i < 200_000; i++)
        {
            if (_steps.Next(_job with { Fraction = random.NextDouble(), Message = $"{i}" }) is not { } step)
                continue;
            Assert.True((float)step.Progress > (float)last, $"{step.Progress} after {last}");
            Assert.True(step.Progress < ProgressSteps.Total);
            last = step.Progress;
        }

        Assert.Equal(100, _steps.Next(_job with { State = JobState.Succeeded, Fraction = 1 })!.Value.Progress);
    }

    [Fact]
    public void A_question_is_told() => Assert.EndsWith(
        "Asks: Which one?", _steps.Next(_job with { PendingInput = new PendingInput("a", "Which one?", null, default) })!.Value.Message, StringComparison.Ordinal);

    [Fact]
    public void A_message_that_repeats_its_stage_is_told_once()
    {
        var job = _job with { Stage = "s", Stages = [new StageStatus("s", "Assembling", 1, "running")], Message = "Assembling" };

        Assert.Equal("Assembling", ProgressSteps.Words(job));
        Assert.Equal("Assembling: part 2", ProgressSteps.Words(job with { Message = "part 2" }));
    }
}
