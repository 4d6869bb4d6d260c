namespace ProgressHub.Tool.Processes;

/// <summary>One stream on its way through: passed on byte by byte as it comes, and shown to whoever reports on it.</summary>
/// <param name="from">The descriptor it comes from.</param>
/// <param name="to">The descriptor it goes to.</param>
/// <param name="seen">Shown each piece once it is passed on: a buffer and how much of it.</param>
internal sealed class StreamCopy(int from, int to, Action<byte[], int> seen)
{
    private const int BufferBytes = 64 * 1024;
    private long _pieces;
    private volatile bool _isBusy;

    /// <summary>A number that stays the same only while nothing comes and nothing waits to be passed on; null while something does.</summary>
    public long? Quiet => _isBusy ? null : Interlocked.Read(ref _pieces);

    /// <summary>Copies on a thread of its own until the end.</summary>
    public Task RunAsync() => Descriptors.OnThread(() =>
    {
        var buffer = new byte[BufferBytes];
        var broken = false;
        while (Descriptors.Read(from, buffer) is > 0 and var count)
        {
            _isBusy = true;
            Interlocked.Increment(ref _pieces);

            // Whoever read our output may have gone; the log goes on.
            broken = broken || !Descriptors.TryWrite(to, buffer.AsSpan(0, count));
            seen(buffer, count);
            _isBusy = false;
        }

        return true;
    });
}
