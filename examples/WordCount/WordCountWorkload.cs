using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace WordCount;

/// <summary>What is to be counted.</summary>
/// <param name="Text">The text.</param>
/// <param name="Parts">In how many parts.</param>
/// <param name="PauseMs">How long each part takes besides, in milliseconds, to see it at work.</param>
public sealed record WordCountInput(
    [Description("The text to count the words of."), StringLength(1_000_000, MinimumLength = 1)] string Text,
    [Description("In how many parts it is counted."), Range(1, 100)] int Parts = 10,
    [Description("How many milliseconds each part takes besides, to see it at work."), Range(0, 10_000)] int PauseMs = 0);

/// <summary>Counts the words of a text, part by part.</summary>
[Description("Counts the words of a text.")]
public sealed class WordCountWorkload : Workload<WordCountInput>
{
    /// <inheritdoc/>
    public override string Kind => "wordcount";

    /// <inheritdoc/>
    public override ValueTask<WorkloadPlan> PlanAsync(WordCountInput input, string owner, CancellationToken cancellationToken) =>
        new(new WorkloadPlan(Stages, Engine: null, "Count words") { PartialsKey = $"{input.Parts} parts" });

    /// <inheritdoc/>
    public override async Task<WorkloadOutcome> RunAsync(WordCountInput input, WorkloadContext context)
    {
        var words = input.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        for (var part = 0; part < input.Parts; part++)
        {
            if (context.RestoredPartials.ContainsKey(part))
                continue;
            await Task.Delay(TimeSpan.FromMilliseconds(input.PauseMs), context.Time, context.CancellationToken);
            var count = (words.Length * (part + 1) / input.Parts) - (words.Length * part / input.Parts);
            await context.PartialAsync(new PartialResult(part, input.Parts) { Text = $"Part {part + 1}: {count} words\n" });
            context.Progress.Report(new ProgressUpdate(part + 1, input.Parts, $"Counted part {part + 1}", "parts"));
        }

        return WorkloadOutcome.Text($"{words.Length} words\n");
    }
}
