using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Testing;

/// <summary>One run of a handler.</summary>
internal sealed class FakeAttempt(Func<Task<WorkloadOutcome>> run, FakeWorkloadContext context, TimeSpan cancelGrace)
{
    /// <summary>Runs the handler to its end.</summary>
    /// <exception cref="TimeoutException">It ignored that it was canceled.</exception>
    public async Task<End> RunAsync(CancellationToken cancellationToken)
    {
        var canceled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var told = context.CancellationToken.UnsafeRegister(static c => ((TaskCompletionSource)c!).SetResult(), canceled);
        await using var asked = cancellationToken.UnsafeRegister(static c => ((FakeWorkloadContext)c!).Cancel(), context);

        var handler = Task.Run(run, CancellationToken.None);
        await Task.WhenAny(handler, canceled.Task);
        if (!handler.IsCompleted)
            await Task.WhenAny(handler, Task.Delay(cancelGrace, TimeProvider.System, CancellationToken.None));

        context.Record.Close();
        if (!handler.IsCompleted)
            throw new TimeoutException($"The handler had not ended {cancelGrace.TotalSeconds:0.#} s after it was canceled.");
        return context.CancellationToken.IsCancellationRequested ? Canceled(handler) : await EndAsync(handler);
    }

    private static End Canceled(Task handler)
    {
        // However it ended, the job is canceled.
        _ = handler.Exception;
        return new End(JobState.Canceled, null, null);
    }

    private static async Task<End> EndAsync(Task<WorkloadOutcome> handler)
    {
        try
        {
            var outcome = await handler;
            return outcome.FailedItems == 0
                ? new End(JobState.Succeeded, outcome, null)
                : new End(JobState.Failed, outcome, new WorkloadException("items_failed", $"Parts that failed: {outcome.FailedItems}."));
        }
        catch (WorkloadException failure)
        {
            return new End(JobState.Failed, null, failure);
        }
    }

    internal sealed record End(JobState State, WorkloadOutcome? Outcome, WorkloadException? Error);
}
