using System.Runtime.InteropServices;

namespace ProgressHub.Tool.Processes;

/// <summary>
/// Starts a command as a shell does: found on the PATH, our standard input, signals as they were for us. It leads a process
/// group of its own, or a session where it has a terminal.
/// </summary>
internal static unsafe class CommandStart
{
    /// <summary>Starts it.</summary>
    /// <param name="arguments">The command and its arguments, each ended by a zero.</param>
    /// <param name="terminal">Its terminal, where it has one.</param>
    /// <param name="descriptors">What its standard input, output and error are: one of ours, or -1 for the terminal.</param>
    /// <returns>Its process, or an error number of the system.</returns>
    public static (int Pid, int Error) Start(byte[][] arguments, PseudoTerminal? terminal, int[] descriptors)
    {
        var (pid, error) = Spawn(arguments, terminal, descriptors);

        // A script without a first line that names its interpreter: a shell runs it itself.
        return error == Libc.NotExecutable
            ? Spawn([NativeText.Terminated("/bin/sh"), Found(arguments[0]), .. arguments[1..]], terminal, descriptors)
            : (pid, error);
    }

    private static (int Pid, int Error) Spawn(byte[][] arguments, PseudoTerminal? terminal, int[] descriptors)
    {
        var attributes = stackalloc byte[Libc.Opaque];
        var actions = stackalloc byte[Libc.Opaque];
        var signals = stackalloc byte[Libc.Opaque];
        _ = Libc.InitAttributes(attributes);
        _ = Libc.InitActions(actions);
        _ = Libc.SetFlags(attributes, (short)((terminal is null ? Libc.NewGroup : Libc.NewSession) | Libc.DefaultSignals));

        // .NET ignores it, and what is ignored here would be ignored there.
        _ = Libc.EmptySignals(signals);
        _ = Libc.AddSignal(signals, Libc.Pipe);
        _ = Libc.SetDefaultSignals(attributes, signals);
        var handles = new List<GCHandle>();
        try
        {
            // The first that opens the terminal makes it the session's; it need be open before any other is closed.
            for (var i = 0; i < descriptors.Length; i++)
            {
                if (descriptors[i] < 0)
                    _ = Libc.AddOpen(actions, i, Pin(terminal!.Path, handles), Libc.OpenReadWrite, 0);
                else if (descriptors[i] != i)
                    _ = Libc.AddDuplicate(actions, descriptors[i], i);
            }

            var pointers = stackalloc byte*[arguments.Length + 1];
            for (var i = 0; i < arguments.Length; i++)
                pointers[i] = Pin(arguments[i], handles);
            pointers[arguments.Length] = null;
            var error = Libc.Spawn(out var pid, pointers[0], actions, attributes, pointers, NativeText.Environment());
            return (pid, error);
        }
        finally
        {
            handles.ForEach(handle => handle.Free());
            _ = Libc.DestroyActions(actions);
            _ = Libc.DestroyAttributes(attributes);
        }
    }

    private static byte* Pin(byte[] text, List<GCHandle> handles)
    {
        var handle = GCHandle.Alloc(text, GCHandleType.Pinned);
        handles.Add(handle);
        return (byte*)handle.AddrOfPinnedObject();
    }

    private static byte[] Found(byte[] command)
    {
        var name = System.Text.Encoding.UTF8.GetString(command.AsSpan(0, command.Length - 1));
        if (name.Contains('/', StringComparison.Ordinal))
            return command;
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin").Split(':')
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
        return path is null ? command : NativeText.Terminated(path);
    }
}
