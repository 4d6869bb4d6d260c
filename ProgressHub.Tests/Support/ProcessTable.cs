namespace ProgressHub.Tests.Support;

/// <summary>The programs that run on this machine (Linux).</summary>
internal static class ProcessTable
{
    /// <summary>Those that have some text, such as the path of a folder of one test alone, in their command line.</summary>
    public static IReadOnlyList<int> With(string text) => [.. Directory.GetDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0)
        .Where(id => id > 0 && IsAlive(id) && Read(id, "cmdline").Contains(text, StringComparison.Ordinal))];

    /// <summary>Whether it runs; a zombie is dead, nobody has asked for its exit code yet.</summary>
    public static bool IsAlive(int id) =>
        Read(id, "stat") is { Length: > 0 } stat && !stat.Split(") ")[^1].StartsWith('Z');

    /// <summary>Those that a process started; this one where none is named.</summary>
    public static IReadOnlyList<int> Children(int? parent = null) => [.. Directory.GetDirectories("/proc")
        .Select(path => int.TryParse(Path.GetFileName(path), out var id) ? id : 0)
        .Where(id => id > 0 && Fields(id) is { Length: > 2 } fields && fields[1] == $"{parent ?? Environment.ProcessId}")];

    /// <summary>Whether it is the product's program, running as a worker.</summary>
    public static bool IsWorker(int id) => Read(id, "cmdline").Contains("\0worker\0", StringComparison.Ordinal);

    /// <summary>Whether it has used the processor for half a second or more.</summary>
    public static bool IsBusy(int id) =>
        Fields(id) is { Length: > 13 } fields && long.Parse(fields[11], System.Globalization.CultureInfo.InvariantCulture) > 50 && !fields[0].StartsWith('Z');

    /// <summary>Which of the processes that this one started has a socket with this local port on loopback; null where none has.</summary>
    public static int? OwnerOf(int port)
    {
        // proc(5): the second field of a line is the local address, in hexadecimal, the tenth the number of the socket.
        var end = string.Create(System.Globalization.CultureInfo.InvariantCulture, $":{port:X4}");
        var sockets = File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6")).Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(fields => fields.Length > 9 && fields[1].EndsWith(end, StringComparison.Ordinal)).Select(fields => $"socket:[{fields[9]}]").ToHashSet();
        return Children().Where(id => Open(id).Any(sockets.Contains)).Select(id => (int?)id).FirstOrDefault();
    }

    private static IEnumerable<string> Open(int id)
    {
        try
        {
            return [.. Directory.GetFiles($"/proc/{id}/fd").Select(file => File.ResolveLinkTarget(file, false)?.Name ?? "")];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // What follows the name in parentheses (proc(5)): the state, the parent, …, the time in user mode in hundredths of a second.
    private static string[] Fields(int id) => Read(id, "stat").Split(") ")[^1].Split(' ');

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
