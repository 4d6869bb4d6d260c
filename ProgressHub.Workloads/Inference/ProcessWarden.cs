using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ProgressHub.Workloads.Inference;

/// <summary>
/// Ends process groups that this process started and could not end itself, because it was killed. A shell is told of each
/// group; it sees the end of its pipe, which is the end of this process, and kills those that are left.
/// </summary>
internal static class ProcessWarden
{
    private const string Shell = "/bin/sh";

    private const string Script =
        """
        exec >/dev/null 2>&1
        trap '' HUP INT TERM
        groups=' '
        while read -r what id; do
          case $what in
            watch) groups="$groups$id " ;;
            release) groups="${groups%% $id *} ${groups#* $id }" ;;
          esac
        done
        for group in $groups; do kill -9 "-$group"; done
        """;

    private static readonly string? Setsid = ChildProcess.FindOnPath("setsid");
    private static readonly HashSet<int> Groups = [];
    private static readonly Lock Gate = new();
    private static Process? _shell;

    /// <summary>Ends a group with this process, until it is released.</summary>
    public static void Watch(int group)
    {
        lock (Gate)
        {
            Groups.Add(group);
            Tell("watch", group);
        }
    }

    /// <summary>The group has ended; its number may become another's.</summary>
    public static void Release(int group)
    {
        lock (Gate)
        {
            if (Groups.Remove(group))
                Tell("release", group);
        }
    }

    private static void Tell(string what, int group)
    {
        if (Setsid is null || OperatingSystem.IsWindows() || !File.Exists(Shell))
            return;
        try
        {
            if (_shell is { HasExited: false } shell)
            {
                Write(shell, what, group);
                return;
            }
        }
        catch (IOException)
        {
            // Somebody has killed it: another one is told of all.
        }

        try
        {
            _shell?.Dispose();
            _shell = Process.Start(new ProcessStartInfo(Setsid, [Shell, "-c", Script]) { UseShellExecute = false, RedirectStandardInput = true });
            foreach (var known in Groups)
                Write(_shell!, "watch", known);
        }
        catch (Exception failure) when (failure is IOException or Win32Exception)
        {
            // Without it a group still ends as soon as it reads or writes.
        }
    }

    private static void Write(Process shell, string what, int group)
    {
        shell.StandardInput.Write(string.Create(CultureInfo.InvariantCulture, $"{what} {group}\n"));
        shell.StandardInput.Flush();
    }
}
