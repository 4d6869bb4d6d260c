namespace ProgressHub.Tests.Support;

/// <summary>Something that happens once, and that others wait for.</summary>
internal sealed class Signal
{
    private readonly TaskCompletionSource _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Task => _source.Task;

    public void Set() => _source.TrySetResult();

    public Task WaitAsync(CancellationToken cancellationToken) => _source.Task.WaitAsync(cancellationToken);
}

/// <summary>Waiting that only cancellation ends.</summary>
internal static class Forever
{
    public static Task WaitAsync(CancellationToken cancellationToken) => new Signal().WaitAsync(cancellationToken);
}
