using System.Runtime.InteropServices;
using System.Text;

namespace ProgressHub.Tool.Processes;

/// <summary>Arguments and environment as the bytes they are: a file's name need not be UTF-8.</summary>
internal static unsafe class NativeText
{
    private const string RawArguments = "/proc/self/cmdline";

    /// <summary>The last arguments of this program, as bytes where the system tells them.</summary>
    public static byte[][] Last(IReadOnlyList<string> arguments)
    {
        if (File.Exists(RawArguments))
        {
            var all = Split(File.ReadAllBytes(RawArguments));
            if (all.Count >= arguments.Count)
                return [.. all[^arguments.Count..]];
        }

        return [.. arguments.Select(Terminated)];
    }

    public static byte[] Terminated(string text) => [.. Encoding.UTF8.GetBytes(text), 0];

    /// <summary>The environment, which is not ours to change.</summary>
    public static byte** Environment()
    {
        var program = NativeLibrary.GetMainProgramHandle();
        if (NativeLibrary.TryGetExport(program, "environ", out var variable) || NativeLibrary.TryGetExport(NativeLibrary.Load("libc.so.6"), "environ", out variable))
            return *(byte***)variable;
        var get = (delegate* unmanaged<byte***>)NativeLibrary.GetExport(program, "_NSGetEnviron");
        return *get();
    }

    private static List<byte[]> Split(ReadOnlySpan<byte> bytes)
    {
        var parts = new List<byte[]>();
        while (bytes.IndexOf((byte)0) is >= 0 and var end)
        {
            parts.Add([.. bytes[..(end + 1)]]);
            bytes = bytes[(end + 1)..];
        }

        return parts;
    }
}
