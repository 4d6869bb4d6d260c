using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using ProgressHub.Tool.Processes;

namespace ProgressHub.Tool.Commands;

/// <summary>
/// Stops a command with all it has started: as asked first, so that its handlers run; after a grace by SIGTERM, and last by
/// SIGKILL.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class CommandStopping(RunningCommand command, TimeSpan grace, TimeProvider time)
{
    private static readonly TimeSpan LastGrace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private Task? _begun;

    /// <summary>Completes once nothing of the command is left; null where nobody has asked.</summary>
    public Task? Begun
    {
        get
        {
            lock (_gate)
                return _begun;
        }
    }

    /// <summary>Passes on what this process is sent until it is disposed: what is typed as Ctrl-C, or sent by kill, cron or systemd.</summary>
    public IDisposable Listen() => new Listening(
        Pass(PosixSignal.SIGINT, Libc.Interrupt), Pass(PosixSignal.SIGTERM, Libc.Terminate), Pass(PosixSignal.SIGQUIT, Libc.Quit), Pass(PosixSignal.SIGHUP, 1));

    /// <summary>Sends a signal; the first one starts the clock.</summary>
    public void Begin(int signal)
    {
        // Together: whoever sees the command end by the signal also sees that it was to be stopped.
        lock (_gate)
        {
            command.Tree.Signal(signal);
            _begun ??= EscalateAsync();
        }
    }

    private PosixSignalRegistration Pass(PosixSignal signal, int number) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        Begin(number);
    });

    private async Task EscalateAsync()
    {
        if (await GoneAsync(grace))
            return;
        command.Tree.Signal(Libc.Terminate);
        if (await GoneAsync(LastGrace))
            return;
        command.Tree.Signal(Libc.Kill);
        await GoneAsync(LastGrace);
    }

    private async Task<bool> GoneAsync(TimeSpan limit)
    {
        for (var begun = time.GetTimestamp(); time.GetElapsedTime(begun) < limit;)
        {
            if (!command.Tree.Signal(0))
                return true;
            await Task.Delay(Look, time);
        }

        return false;
    }

    private sealed class Listening(params IDisposable[] registrations) : IDisposable
    {
        public void Dispose() => Array.ForEach(registrations, registration => registration.Dispose());
    }
}
