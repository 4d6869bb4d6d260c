using System.Runtime.InteropServices;

namespace ProgressHub.Tool.Processes;

/// <summary>Bytes from and to file descriptors, blocking, each on a thread of its own; no byte is changed and none is held back.</summary>
internal static unsafe class Descriptors
{
    private const int CloseOnExec = 1;
    private const int SetFlags = 2;
    private const int Interrupted = 4;
    private const int TryAgain = 11;

    /// <summary>A pipe that no other program started from here holds open.</summary>
    public static (int Read, int Write) Pipe()
    {
        var ends = stackalloc int[2];
        if (Libc.MakePipe(ends) != 0)
            throw new IOException($"No pipe: error {Marshal.GetLastPInvokeError()}.");
        Keep(ends[0]);
        Keep(ends[1]);
        return (ends[0], ends[1]);
    }

    /// <summary>Keeps a descriptor from programs that are started.</summary>
    public static void Keep(int descriptor) => _ = Libc.ControlDescriptor(descriptor, SetFlags, CloseOnExec);

    /// <summary>How many bytes came; 0 or less at the end, which a terminal reports as an error.</summary>
    public static int Read(int from, byte[] buffer)
    {
        fixed (byte* start = buffer)
        {
            while (true)
            {
                var count = Libc.Read(from, start, buffer.Length);
                if (count >= 0 || Marshal.GetLastPInvokeError() is not (Interrupted or TryAgain))
                    return (int)count;
            }
        }
    }

    /// <summary>Writes all of it; false where nobody reads any more.</summary>
    public static bool TryWrite(int to, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (nint done = 0; done < bytes.Length;)
            {
                var count = Libc.Write(to, start + done, bytes.Length - done);
                if (count < 0 && Marshal.GetLastPInvokeError() is not (Interrupted or TryAgain))
                    return false;
                done += Math.Max(0, count);
            }
        }

        return true;
    }

    /// <summary>Does what blocks on a thread that nobody else needs.</summary>
    public static Task<T> OnThread<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception failure)
            {
                done.SetException(failure);
            }
        })
        { IsBackground = true }.Start();
        return done.Task;
    }

    /// <inheritdoc cref="OnThread{T}"/>
    public static Task OnThread(Action work) => OnThread(() =>
    {
        work();
        return true;
    });
}
