using System.Threading.Channels;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Tests.Support;

/// <summary>The steps of a scripted job: each runs on the job's thread, and the test waits for it.</summary>
internal sealed class Script
{
    private readonly Channel<Step> _steps = Channel.CreateUnbounded<Step>();
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes once the job runs.</summary>
    public Task Begun => _begun.Task.WaitAsync(Patience.Limit);

    /// <summary>Does a step, and returns once it is done.</summary>
    public async Task DoAsync(Func<WorkloadContext, Task> action)
    {
        var step = new Step(async context =>
        {
            await action(context);
            return null;
        });
        _steps.Writer.TryWrite(step);
        await step.Done.Task.WaitAsync(Patience.Limit);
    }

    /// <summary>Begins a step that lasts.</summary>
    public void Begin(Func<WorkloadContext, Task> action) => _steps.Writer.TryWrite(new Step(async context =>
    {
        await action(context);
        return null;
    }));

    /// <summary>Ends the job.</summary>
    public void End(WorkloadOutcome outcome) => _steps.Writer.TryWrite(new Step(_ => Task.FromResult<WorkloadOutcome?>(outcome)));

    /// <summary>Ends the job with an error.</summary>
    public void Fail(Exception failure) => _steps.Writer.TryWrite(new Step(_ => Task.FromException<WorkloadOutcome?>(failure)));

    internal async Task<WorkloadOutcome> PlayAsync(WorkloadContext context)
    {
        _begun.TrySetResult();
        await foreach (var step in _steps.Reader.ReadAllAsync(context.CancellationToken))
        {
            try
            {
                if (await step.Action(context) is { } outcome)
                    return outcome;
            }
            finally
            {
                step.Done.TrySetResult();
            }
        }

        throw new InvalidOperationException("The script has no end.");
    }

    private sealed record Step(Func<WorkloadContext, Task<WorkloadOutcome?>> Action)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
