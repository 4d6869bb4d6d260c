using System.ComponentModel;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;

namespace WordCount;

/// <summary>What is to be counted through.</summary>
/// <param name="From">The first number.</param>
/// <param name="To">The last number.</param>
public sealed record RangeInput([Description("The first number.")] int From, [Description("The last number.")] int To);

/// <summary>Counts from one number to another: what a workload may say beyond its schema.</summary>
[Description("Counts from one number to another.")]
public sealed class RangeWorkload : Workload<RangeInput>
{
    /// <inheritdoc/>
    public override string Kind => "range";

    /// <inheritdoc/>
    public override async Task<WorkloadOutcome> RunAsync(RangeInput input, WorkloadContext context)
    {
        var total = (long)input.To - input.From + 1;
        for (var done = 0L; done < total; done++)
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            context.Progress.Report(new ProgressUpdate(done + 1, total, $"At {input.From + done}", "numbers"));
        }

        await context.PulseAsync(_ => Task.FromResult(total));
        return WorkloadOutcome.Text($"{total} numbers\n");
    }

    /// <inheritdoc/>
    protected override RangeInput Check(RangeInput input) => input.To >= input.From
        ? input
        : throw new WorkloadException("invalid_input", "'to' is not below 'from'.") { Property = "to" };

    /// <inheritdoc/>
    protected override WorkloadDescriptor Describe(WorkloadDescriptor inferred) =>
        inferred with { Timeout = TimeSpan.FromMinutes(10), MaxAttempts = 2, MaxConcurrency = 4 };
}
