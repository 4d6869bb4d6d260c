using System.Text;

namespace ProgressHub.Workloads.Workers;

/// <summary>The end of what a process writes to its standard error; it is always emptied, so that the process never waits.</summary>
internal sealed class WorkerTail
{
    private const int MaxCharacters = 16 * 1024;
    private readonly StringBuilder _text = new();
    private readonly Lock _lock = new();

    public WorkerTail(StreamReader reader) => End = ReadAsync(reader);

    /// <summary>Completes when the process closes it.</summary>
    public Task End { get; }

    /// <summary>What it wrote last.</summary>
    public string Text
    {
        get
        {
            lock (_lock)
                return _text.ToString();
        }
    }

    private async Task ReadAsync(StreamReader reader)
    {
        var buffer = new char[1024];
        try
        {
            while (await reader.ReadAsync(buffer) is var read and > 0)
            {
                lock (_lock)
                {
                    _text.Append(buffer, 0, read);
                    if (_text.Length > MaxCharacters)
                        _text.Remove(0, _text.Length - MaxCharacters);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The process is gone.
        }
    }
}
