using System.Runtime.InteropServices;
using System.Text;

namespace ProgressHub.Tool.Processes;

/// <summary>
/// The terminal that a command sees where we have one ourselves: as large as ours, and what is typed goes to it as it is
/// typed, Ctrl-C too.
/// </summary>
internal sealed unsafe class PseudoTerminal : IDisposable
{
    private const int StandardInput = 0;
    private readonly byte[] _before = new byte[Libc.Opaque];
    private readonly int _slave;
    private bool _isRaw;

    /// <summary>Opens one.</summary>
    /// <param name="hasKeyboard">Whether ours will pass on what is typed; else ours goes on to end lines, and this one does not.</param>
    public PseudoTerminal(bool hasKeyboard)
    {
        Master = Libc.OpenTerminal(Libc.OpenReadWrite | Libc.NoControllingTerminal);
        if (Master < 0 || Libc.GrantTerminal(Master) != 0 || Libc.UnlockTerminal(Master) != 0)
            throw new IOException($"No terminal for the command: error {Marshal.GetLastPInvokeError()}.");
        Descriptors.Keep(Master);
        var name = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(Libc.TerminalName(Master));
        Path = [.. name, 0];

        // Held until the command has it, so that what reads the master does not see an end before the beginning.
        fixed (byte* path = Path)
            _slave = Libc.Open(path, Libc.OpenReadWrite | Libc.NoControllingTerminal);
        Descriptors.Keep(_slave);
        CopySettings(hasKeyboard);
        Resize();
    }

    public int Master { get; }

    /// <summary>The path of the command's side, ended by a zero.</summary>
    public byte[] Path { get; }

    /// <summary>Takes the size of ours.</summary>
    public void Resize()
    {
        var size = stackalloc byte[8];
        foreach (var descriptor in new[] { 1, 2, 0 })
        {
            if (Libc.Control(descriptor, Libc.GetWindowSize, size) != 0)
                continue;
            _ = Libc.Control(Master, Libc.SetWindowSize, size);
            return;
        }
    }

    /// <summary>The command has its side open now.</summary>
    public void Started() => _ = Libc.Close(_slave);

    /// <summary>From here on what is typed goes to the command; undone by <see cref="Dispose"/>.</summary>
    public void TakeKeyboard()
    {
        fixed (byte* before = _before)
        {
            if (Libc.GetSettings(StandardInput, before) != 0)
                return;
            var raw = stackalloc byte[Libc.Opaque];
            new Span<byte>(before, Libc.Opaque).CopyTo(new Span<byte>(raw, Libc.Opaque));
            Libc.MakeRaw(raw);
            _isRaw = Libc.SetSettings(StandardInput, 0, raw) == 0;
        }

        _ = Descriptors.OnThread(() =>
        {
            var buffer = new byte[4096];
            while (Descriptors.Read(StandardInput, buffer) is > 0 and var count && Descriptors.TryWrite(Master, buffer.AsSpan(0, count)))
            {
            }

            return true;
        });
    }

    /// <summary>Ours is as it was.</summary>
    public void Dispose()
    {
        if (!_isRaw)
            return;
        _isRaw = false;
        fixed (byte* before = _before)
            _ = Libc.SetSettings(StandardInput, 1, before);
    }

    public override string ToString() => Encoding.UTF8.GetString(Path.AsSpan(0, Path.Length - 1));

    private void CopySettings(bool hasKeyboard)
    {
        var settings = stackalloc byte[Libc.Opaque];
        foreach (var descriptor in new[] { 0, 1, 2 })
        {
            if (Libc.GetSettings(descriptor, settings) != 0)
                continue;
            if (!hasKeyboard)
                Libc.MakeRaw(settings);
            _ = Libc.SetSettings(_slave, 0, settings);
            return;
        }
    }
}
