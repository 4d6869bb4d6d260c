using System.Diagnostics;
using System.Globalization;

namespace ProgressHub.Benchmarks.Nodes;

/// <summary>Watches a job at one node, and notes how long each message took that says when it was made.</summary>
internal sealed class StampReader : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<double> _milliseconds = [];
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;

    public StampReader(BenchNode node, string job) => _reading = ReadAsync(node, job);

    /// <summary>Completes once the stream is open.</summary>
    public Task Open => Task.WhenAny(_open.Task, _reading).Unwrap();

    /// <summary>Ends it; what was measured, in order of size.</summary>
    public async Task<double[]> EndAsync()
    {
        await _stop.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return [.. _milliseconds.Order()];
    }

    public void Dispose() => _stop.Dispose();

    private async Task ReadAsync(BenchNode node, string job)
    {
        await using var stream = await node.Client.GetStreamAsync($"/stream?job={job}", _stop.Token);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(_stop.Token) is { } line)
        {
            _open.TrySetResult();
            var now = Stopwatch.GetTimestamp();
            if (line.IndexOf($"\"{NodePeer.Stamp}", StringComparison.Ordinal) is var at and >= 0)
            {
                var digits = line.AsSpan(at + 1 + NodePeer.Stamp.Length);
                var made = long.Parse(digits[..digits.IndexOf('"')], CultureInfo.InvariantCulture);
                _milliseconds.Add(Stopwatch.GetElapsedTime(made, now).TotalMilliseconds);
            }
        }
    }
}
