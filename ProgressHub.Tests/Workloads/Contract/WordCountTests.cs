using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using WordCount;

namespace ProgressHub.Tests.Workloads.Contract;

/// <summary>The workload of README and docs, as it stands in <c>examples</c>.</summary>
public sealed class WordCountTests
{
    [Fact]
    public async Task It_counts()
    {
        await using var engine = await EngineHost.StartAsync(new WordCountWorkload());

        var events = await engine.RunAsync("wordcount", """{"text":"one two three four five","parts":2}""");

        Assert.Equal(JobState.Succeeded, Assert.IsType<DoneEvent>(events[^1]).State);
        Assert.Equal(["Part 1: 2 words\n", "Part 2: 3 words\n"], events.OfType<PartialEvent>().Select(p => p.Text));
    }

    [Theory]
    [InlineData("""{"to":"x"}""", "text")]
    [InlineData("""{}""", "text")]
    [InlineData("""{"text":""}""", "text")]
    [InlineData("""{"text":"a","parts":"2"}""", "parts")]
    [InlineData("""{"text":"a","parts":101}""", "parts")]
    public async Task An_input_that_makes_no_sense_is_refused_by_name(string input, string property)
    {
        await using var engine = await EngineHost.StartAsync(new WordCountWorkload());

        var refusal = await Assert.ThrowsAsync<WorkloadException>(() => engine.SubmitAsync("wordcount", input));

        Assert.Equal(("invalid_input", property), (refusal.Code, refusal.Property));
    }

    [Fact]
    public void It_describes_itself()
    {
        var descriptor = new WordCountWorkload().Descriptor;

        Assert.Equal(("wordcount", "Wordcount", "Counts the words of a text."), (descriptor.Kind, descriptor.Label, descriptor.Description));
        Assert.Equal("text", descriptor.InputSchema.GetProperty("required")[0].GetString());
        Assert.Equal(10, descriptor.InputSchema.GetProperty("properties").GetProperty("parts").GetProperty("default").GetInt32());
        Assert.Equal("working", Assert.Single(descriptor.Stages.Stages).Name);
    }

    [Fact]
    public async Task What_is_done_so_far_can_be_read()
    {
        var reached = new Signal();
        await using var engine = await EngineHost.StartAsync(new Pausing(reached));
        var job = await engine.SubmitAsync("pausing", """{"text":"one two"}""");
        await reached.Task.Soon();

        // A piece is told before it is on disk.
        ResultDocument? result = null;
        await Patience.UntilAsync(
            async () => (result = await engine.Jobs.ReadResultAsync(
                job.JobId, EngineHost.Owner, soFar: true, CancellationToken.None)) is not null,
            "there is something to read");

        Assert.Equal("one", System.Text.Encoding.UTF8.GetString(result!.Body.Span));
        await engine.Jobs.CancelAsync(job.JobId, EngineHost.Owner, CancellationToken.None).Soon();
    }

    private sealed class Pausing(Signal reached) : Workload<WordCountInput>
    {
        public override string Kind => "pausing";

        public override async Task<WorkloadOutcome> RunAsync(WordCountInput input, WorkloadContext context)
        {
            await context.PartialAsync(new PartialResult(0, 2) { Text = input.Text.Split(' ')[0] });
            await context.PartialAsync(new PartialResult(1, 2) { Error = "Broken." });
            reached.Set();
            await Forever.WaitAsync(context.CancellationToken);
            return new WorkloadOutcome(null);
        }
    }
}
