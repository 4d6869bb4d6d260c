using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace ProgressHubApp;

/// <summary>Whom to greet. Its attributes are checked before a job is accepted, and become the input's JSON Schema.</summary>
/// <param name="Names">The names, each greeted by itself.</param>
/// <param name="PauseMs">How long each greeting takes, in milliseconds.</param>
public sealed record GreetingInput(
    [Description("Whom to greet."), MinLength(1), MaxLength(1_000)] IReadOnlyList<string> Names,
    [Description("How many milliseconds each greeting takes."), Range(0, 10_000)] int PauseMs = 500);

/// <summary>Greets people, one after the other: put your own work here.</summary>
[Description("Greets people, one after the other.")]
public sealed class GreetingWorkload : Workload<GreetingInput>
{
    /// <inheritdoc/>
    public override string Kind => "greeting";

    /// <inheritdoc/>
    public override async Task<WorkloadOutcome> RunAsync(GreetingInput input, WorkloadContext context)
    {
        var greetings = new string[input.Names.Count];
        for (var i = 0; i < greetings.Length; i++)
        {
            // After a crash or a retry: what was finished before is not done again.
            if (context.RestoredPartials.TryGetValue(i, out var before) && before.Text is { } done)
            {
                greetings[i] = done;
                continue;
            }

            // The token is canceled when somebody cancels the job or the server stops.
            await Task.Delay(TimeSpan.FromMilliseconds(input.PauseMs), context.Time, context.CancellationToken);
            greetings[i] = $"Hello, {input.Names[i]}!\n";

            // A piece of the result: on disk, and with everybody who watches, before the next one begins.
            await context.PartialAsync(new PartialResult(i, greetings.Length) { Text = greetings[i] });
            context.Progress.Report(new ProgressUpdate(i + 1, greetings.Length, $"Greeted {input.Names[i]}", "people"));
        }

        await context.LogAsync(JobLogLevel.Success, "Everybody is greeted");
        return WorkloadOutcome.Text(string.Concat(greetings));
    }
}
