using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Workloads.Workers;

/// <summary>How a worker is started: the program, its arguments, and the little that it finds in its environment.</summary>
internal static class WorkerCommand
{
    /// <summary>The first argument of a program that is started as a worker; the second is the kind.</summary>
    public const string Verb = "worker";

    /// <summary>In the environment of a worker: its kind.</summary>
    public const string KindVariable = "PROGRESSHUB_WORKER";

    /// <summary>In the environment of a worker: the process that started it.</summary>
    public const string HostVariable = "PROGRESSHUB_WORKER_HOST";

    /// <summary>In the environment of a worker: how many bytes it may map.</summary>
    public const string MemoryVariable = "PROGRESSHUB_WORKER_MEMORY";

    /// <summary>In the environment of a host: the program of its workers, as <see cref="WorkerOptions.Program"/>.</summary>
    public const string ProgramVariable = "PROGRESSHUB_WORKER_PROGRAM";

    // The server's environment holds keys, and a worker has no use for them.
    private static readonly string[] Kept =
        ["PATH", "HOME", "TMPDIR", "TEMP", "TMP", "LANG", "LC_ALL", "TZ", "SystemRoot", "DOTNET_ROOT", "DOTNET_HOST_PATH", "DOTNET_TieredPGO", "LD_LIBRARY_PATH"];

    private static readonly string? Setsid = ChildProcess.FindOnPath("setsid");

    /// <summary>Whether a worker leads a process group of its own.</summary>
    public static bool OwnGroup => Setsid is not null;

    public static ProcessStartInfo Of(WorkerKind kind, WorkerOptions options)
    {
        List<string> command = [.. Setsid is null ? (string[])[] : [Setsid], .. Program(options.Program), Verb, kind.Name];
        var info = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        var kept = Kept.Select(name => (Name: name, Value: Environment.GetEnvironmentVariable(name))).ToArray();
        info.Environment.Clear();
        foreach (var (name, value) in kept.Where(v => v.Value is not null))
            info.Environment[name] = value;
        info.Environment[KindVariable] = kind.Name;
        info.Environment[HostVariable] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        info.Environment[MemoryVariable] = kind.MemoryBytes.ToString(CultureInfo.InvariantCulture);
        info.Environment["DOTNET_GCHeapHardLimit"] = kind.HeapBytes.ToString("x", CultureInfo.InvariantCulture);
        info.Environment["DOTNET_gcServer"] = "0";
        info.Environment["DOTNET_TieredCompilation"] = kind.CompilesInFull ? "0" : "1";
        info.Environment["DOTNET_EnableDiagnostics"] = "0";
        info.Environment["DOTNET_DbgEnableMiniDump"] = "0";

        // Else an assertion of whisper.cpp's that fails starts a debugger, which takes its time.
        info.Environment["GGML_NO_BACKTRACE"] = "1";

        // An arena of glibc's for each thread would map 64 MB each that are never used.
        info.Environment["MALLOC_ARENA_MAX"] = "2";
        return info;
    }

    private static string[] Program(string? configured)
    {
        configured ??= Environment.GetEnvironmentVariable(ProgramVariable);
        var program = configured ?? Assembly.GetEntryAssembly()?.Location;
        var own = Environment.ProcessPath;
        if (string.IsNullOrEmpty(program))
            return [own ?? throw new WorkerEndedException(WorkerEnd.NotStarted, "This program does not know its own path; set Workers:Program.")];
        if (!program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
            return [program];
        var isHost = Path.GetFileNameWithoutExtension(own) is "dotnet";
        if (configured is null && !isHost && own is not null)
            return [own];
        return [Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? (isHost ? own! : "dotnet"), program];
    }
}
