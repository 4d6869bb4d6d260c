namespace ProgressHub.Tests.Support;

/// <summary>Waits for what gives no signal of its own, such as a process of another program.</summary>
internal static class Soon
{
    public static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Patience.Limit);
        while (!condition())
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, limit.Token);
    }
}
