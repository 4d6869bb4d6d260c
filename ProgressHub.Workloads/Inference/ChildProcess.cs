using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Inference;

/// <summary>What a program said. Its exit code alone proves nothing: engines are known to end with 0 after an error.</summary>
internal sealed record ChildResult(int ExitCode, string Output, string Error);

/// <summary>
/// Runs a program in a process group of its own, so that a pipeline it starts dies with it. Nothing of it outlives the
/// call, however the call ends.
/// </summary>
internal static partial class ChildProcess
{
    private const int SigTerm = 15;
    private const int SigKill = 9;
    private const int MaxErrorCharacters = 64 * 1024;
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);
    private static readonly string? Setsid = FindOnPath("setsid");

    // Has the kernel kill the program with this process; the warden kills what the program started.
    private static readonly string? Setpriv = FindOnPath("setpriv");

    /// <summary>Runs it to its end.</summary>
    /// <param name="command">The program, by name or path.</param>
    /// <param name="arguments">Its arguments; no shell reads them.</param>
    /// <param name="input">What it reads on standard input.</param>
    /// <param name="maxOutput">How many characters it may write before it is stopped.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it and all it started.</param>
    /// <exception cref="WorkloadException">It could not be started, or wrote without end.</exception>
    public static async Task<ChildResult> RunAsync(
        string command, IReadOnlyList<string> arguments, string input, int maxOutput, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var span = EngineSpan.Process($"process {Path.GetFileName(command)}");
        using var process = await StartAsync(StartInfo(command, arguments), command);

        var ended = false;
        try
        {
            // All three at once: a pipe that nobody empties stops the program, and one that nobody fills as well.
            var feed = FeedAsync(process, input, cancellationToken);
            var output = ReadAsync(process.StandardOutput, maxOutput, command, cancellationToken);
            var error = ReadTailAsync(process.StandardError, cancellationToken);
            await Task.WhenAll(feed, output, error).WaitAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            ended = true;
            return new ChildResult(process.ExitCode, await output, await error);
        }
        finally
        {
            if (!ended)
                await StopAsync(process, time);
            ProcessWarden.Release(process.Id);
        }
    }

    /// <summary>The path of a program that would be found by its name, or null.</summary>
    public static string? FindOnPath(string command)
    {
        if (command.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return File.Exists(command) ? command : null;
        var names = OperatingSystem.IsWindows() ? new[] { command + ".exe", command } : [command];
        return (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(directory => names.Select(name => Path.Combine(directory, name)))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>Starts it so that it does not outlive this process, however that ends.</summary>
    private static async Task<Process> StartAsync(ProcessStartInfo info, string command)
    {
        try
        {
            var process = await ProcessStarter.StartAsync(info);
            if (Setsid is not null)
                ProcessWarden.Watch(process.Id);
            return process;
        }
        catch (Win32Exception exception)
        {
            throw new WorkloadException("engine_unavailable", $"The program '{command}' can't be started.", exception);
        }
    }

    private static ProcessStartInfo StartInfo(string command, IReadOnlyList<string> arguments)
    {
        var info = new ProcessStartInfo
        {
            FileName = Setsid ?? command,
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = Utf8,
            StandardOutputEncoding = Utf8,
            StandardErrorEncoding = Utf8,
        };
        // setsid(1) and setpriv(1) become the program without a fork, so the process's id is its group's id.
        if (Setsid is not null && Setpriv is not null)
        {
            foreach (var argument in (string[])[Setpriv, "--pdeathsig", "KILL", "--"])
                info.ArgumentList.Add(argument);
        }

        if (Setsid is not null)
            info.ArgumentList.Add(command);
        foreach (var argument in arguments)
            info.ArgumentList.Add(argument);
        return info;
    }

    private static async Task FeedAsync(Process process, string input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellationToken);
            await process.StandardInput.FlushAsync(cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading to the end; what it wrote says why.
        }
    }

    private static async Task<string> ReadAsync(
        StreamReader reader, int limit, string command, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new char[8192];
        while (await reader.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            if (text.Length + read > limit)
                throw new WorkloadException("engine_failed", $"The program '{command}' wrote far more than it was asked for.");
            text.Append(buffer, 0, read);
        }

        return text.ToString();
    }

    private static async Task<string> ReadTailAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var buffer = new char[1024];
        while (await reader.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            text.Append(buffer, 0, read);
            if (text.Length > MaxErrorCharacters)
                text.Remove(0, text.Length - MaxErrorCharacters);
        }

        return text.ToString();
    }

    private static async Task StopAsync(Process process, TimeProvider time)
    {
        // First politely, so that scripts remove their temporary files.
        Signal(process.Id, SigTerm);
        using var patience = new CancellationTokenSource(Grace, time);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            // Then not.
        }

        Signal(process.Id, SigKill);
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await WaitForGroupAsync(process.Id, time);
    }

    /// <summary>
    /// A killed program is gone a moment later, those it started too. The wait is short: where nobody collects the dead,
    /// the group is never empty.
    /// </summary>
    private static async Task WaitForGroupAsync(int processId, TimeProvider time)
    {
        using var patience = new CancellationTokenSource(Grace, time);
        try
        {
            while (Setsid is not null && Kill(-processId, 0) == 0)
                await Task.Delay(Look, time, patience.Token);
        }
        catch (OperationCanceledException)
        {
            // They can do nothing any more.
        }
    }

    /// <summary>Signals the group; without one, a leftover tree is left to <see cref="Process.Kill(bool)"/>.</summary>
    private static void Signal(int processId, int signal)
    {
        if (Setsid is not null)
            _ = Kill(-processId, signal);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
