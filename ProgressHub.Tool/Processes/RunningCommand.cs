using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ProgressHub.Tool.Processes;

/// <summary>
/// A command that runs with its standard streams as they would be without us: a terminal stays one, a pipe stays a pipe,
/// every byte goes through as it is, and a copy of what it prints goes to whoever wants to see it.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class RunningCommand : IDisposable
{
    private const int Streams = 3;
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);

    private readonly PseudoTerminal? _terminal;
    private readonly List<IDisposable> _signals = [];
    private readonly List<StreamCopy> _copies = [];
    private readonly Task _copied;
    private readonly TimeProvider _time;

    private RunningCommand(byte[][] arguments, Action<int, byte[], int> seen, TimeProvider time)
    {
        _time = time;
        ProcessTree.Adopt();
        var ours = Enumerable.Range(0, Streams).Select(i => Libc.IsTerminal(i) == 1).ToArray();
        _terminal = ours.Contains(true) ? new PseudoTerminal(ours[0]) : null;
        HasKeyboard = ours[0];
        var descriptors = new[] { 0, -1, -1 };
        if (ours[0])
            descriptors[0] = -1;
        var pipes = new List<(int Read, int Write, int To)>();
        for (var i = 1; i < Streams; i++)
        {
            if (ours[i])
                continue;
            var (read, write) = Descriptors.Pipe();
            descriptors[i] = write;
            pipes.Add((read, write, i));
        }

        (var pid, Error) = CommandStart.Start(arguments, _terminal, descriptors);
        foreach (var (_, write, _) in pipes)
            _ = Libc.Close(write);
        _terminal?.Started();
        Tree = new ProcessTree(pid);
        if (Error != 0)
        {
            (_copied, Ended) = (Task.CompletedTask, Task.FromResult(Error == Libc.NoSuchFile ? 127 : 126));
            return;
        }

        _copies.AddRange(pipes.Select(pipe => new StreamCopy(pipe.Read, pipe.To, (buffer, count) => seen(pipe.To, buffer, count))));
        if (_terminal is not null)
        {
            var to = ours[1] ? 1 : ours[2] ? 2 : 0;
            _copies.Add(new StreamCopy(_terminal.Master, to, (buffer, count) => seen(to, buffer, count)));
            if (HasKeyboard)
                _terminal.TakeKeyboard();
            _signals.Add(PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => _terminal.Resize()));
        }

        _copied = Task.WhenAll(_copies.Select(copy => copy.RunAsync()).ToList());
        var ended = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        Ended = ended.Task;
        _ = Descriptors.OnThread(() => Wait(pid, ended));
    }

    /// <summary>All that it has started.</summary>
    public ProcessTree Tree { get; }

    /// <summary>The system's reason why it did not start; 0 where it did.</summary>
    public int Error { get; }

    /// <summary>Whether Ctrl-C is typed into its terminal, and is not for us to pass on.</summary>
    public bool HasKeyboard { get; }

    /// <summary>Its exit code once it has ended; 128 and the number of the signal that ended it; 127 where it is not found, 126 where it can't be run.</summary>
    public Task<int> Ended { get; }

    /// <summary>Starts a command.</summary>
    /// <param name="arguments">The command and its arguments, each ended by a zero.</param>
    /// <param name="seen">Shown what it prints: the stream (1 or 2), a buffer and how much of it; on threads of ours.</param>
    /// <param name="time">The clock.</param>
    public static RunningCommand Start(byte[][] arguments, Action<int, byte[], int> seen, TimeProvider time) => new(arguments, seen, time);

    /// <summary>
    /// Completes once all it printed is passed on. Something it left behind in the background may hold its output open for
    /// hours: then once nothing has come for a while.
    /// </summary>
    public async Task DrainAsync()
    {
        for (var before = Sum(); !_copied.IsCompleted;)
        {
            await Task.WhenAny(_copied, Task.Delay(Linger, _time));
            var now = Sum();
            if (now is not null && now == before)
                break;
            before = now;
        }

        _terminal?.Dispose();
    }

    public void Dispose()
    {
        _terminal?.Dispose();
        _signals.ForEach(signal => signal.Dispose());
    }

    private long? Sum() => _copies.Aggregate((long?)0, static (sum, copy) => sum + copy.Quiet);

    /// <summary>Goes on, once the command has ended, to take leave of what its processes left behind.</summary>
    private static void Wait(int pid, TaskCompletionSource<int> ended)
    {
        while (true)
        {
            var found = Libc.Wait(-1, out var status, 0);
            if (found == pid)
                ended.TrySetResult((status & 0x7f) is var signal and not 0 ? 128 + signal : (status >> 8) & 0xff);
            if (found < 0 && Marshal.GetLastPInvokeError() is not 4)
                break;
        }

        ended.TrySetResult(128);
    }
}
