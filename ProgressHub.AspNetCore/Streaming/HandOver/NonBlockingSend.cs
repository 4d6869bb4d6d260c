using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace ProgressHub.AspNetCore.Streaming.HandOver;

/// <summary>
/// send(2) that never waits, on Linux. The framework's own does not say how much was sent where the kernel took a part.
/// </summary>
internal static partial class NonBlockingSend
{
    private const int DoNotWait = 0x40;
    private const int NoSignal = 0x4000;
    private const int Interrupted = 4;
    private const int WouldBlock = 11;

    /// <summary>How many bytes the kernel took, 0 where it has no room; −1 where the connection is gone.</summary>
    public static unsafe int Send(SafeSocketHandle socket, ReadOnlySpan<byte> bytes)
    {
        try
        {
            fixed (byte* first = bytes)
            {
                while (true)
                {
                    var sent = (int)SendBytes(socket, first, (nuint)bytes.Length, DoNotWait | NoSignal);
                    if (sent >= 0)
                        return sent;
                    var error = Marshal.GetLastPInvokeError();
                    if (error != Interrupted)
                        return error == WouldBlock ? 0 : -1;
                }
            }
        }
        catch (ObjectDisposedException)
        {
            // Cut off by somebody else.
            return -1;
        }
    }

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    private static unsafe partial nint SendBytes(SafeSocketHandle socket, byte* bytes, nuint count, int flags);
}
