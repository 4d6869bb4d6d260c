using System.Globalization;

namespace ProgressHub.Tool.Processes;

/// <summary>A command and all it has started, also what has left its process group. Linux; elsewhere the group alone.</summary>
/// <param name="root">The command's process, which leads a group.</param>
internal sealed class ProcessTree(int root)
{
    /// <summary>Has this process take in what the command's processes leave behind, so that it can be found.</summary>
    public static void Adopt()
    {
        if (OperatingSystem.IsLinux())
            _ = Libc.ControlProcess(Libc.SubReaper, 1, 0, 0, 0);
    }

    /// <summary>Sends a signal to the command's group alone, as a terminal does.</summary>
    public void SignalGroup(int signal) => _ = Libc.Signal(-root, signal);

    /// <summary>Sends a signal to all of them; false where none is left.</summary>
    public bool Signal(int signal)
    {
        var any = Libc.Signal(-root, signal) == 0;
        foreach (var (pid, group) in Descendants())
        {
            if (group != root)
                any |= Libc.Signal(pid, signal) == 0;
        }

        return any;
    }

    private static List<(int Pid, int Group)> Descendants()
    {
        if (!OperatingSystem.IsLinux())
            return [];
        var all = Directory.EnumerateDirectories("/proc").Select(Read).OfType<(int Pid, int Parent, int Group)>().ToLookup(p => p.Parent);
        var found = new List<(int, int)>();
        var next = new Stack<int>([Environment.ProcessId]);
        while (next.TryPop(out var parent))
        {
            foreach (var (pid, _, group) in all[parent])
            {
                found.Add((pid, group));
                next.Push(pid);
            }
        }

        return found;
    }

    private static (int Pid, int Parent, int Group)? Read(string folder)
    {
        if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
            return null;
        try
        {
            // pid (name) state parent group …; the name may have anything in it.
            var text = File.ReadAllText($"{folder}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X"
                ? null
                : (pid, int.Parse(fields[1], CultureInfo.InvariantCulture), int.Parse(fields[2], CultureInfo.InvariantCulture));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
