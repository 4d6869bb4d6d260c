using System.Text;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Inference;

/// <summary>A program to run.</summary>
/// <param name="Program">It, by name or path.</param>
/// <param name="Arguments">Its arguments; no shell reads them.</param>
internal sealed record ChildCommand(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Where it runs; this process's own folder where it is null.</summary>
    public string? Folder { get; init; }

    /// <summary>What it finds in its environment besides this process's own.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}

/// <content>A program that is listened to while it works.</content>
internal static partial class ChildProcess
{
    private const int MaxLine = 64 * 1024;

    /// <summary>Runs it to its end with nothing to read, and hands on each line that it writes at once.</summary>
    /// <param name="command">The program.</param>
    /// <param name="output">Hears the lines of its standard output; the program waits while it is busy.</param>
    /// <param name="error">Hears the lines of its standard error.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it and all it started.</param>
    /// <returns>How it ended; of its standard error the last lines.</returns>
    /// <exception cref="WorkloadException">It could not be started, or wrote a line without end.</exception>
    public static async Task<ChildResult> FollowAsync(
        ChildCommand command, Func<string, Task> output, Action<string> error, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var info = StartInfo(command.Program, command.Arguments);
        info.WorkingDirectory = command.Folder ?? "";
        foreach (var (key, value) in command.Environment)
            info.Environment[key] = value;
        using var span = EngineSpan.Process($"process {Path.GetFileName(command.Program)}");
        using var process = await StartAsync(info, command.Program);
        var ended = false;
        try
        {
            process.StandardInput.Close();
            var tail = new StringBuilder();
            var said = ReadLinesAsync(process.StandardOutput, command.Program, output, cancellationToken);
            var complained = ReadLinesAsync(process.StandardError, command.Program, Complain, cancellationToken);
            // One of them that fails is not to wait for the other: the program may go on for hours.
            await (await Task.WhenAny(said, complained).WaitAsync(cancellationToken));
            await Task.WhenAll(said, complained).WaitAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            ended = true;
            return new ChildResult(process.ExitCode, "", tail.ToString());

            Task Complain(string line)
            {
                tail.Append(line).Append('\n');
                if (tail.Length > MaxErrorCharacters)
                    tail.Remove(0, tail.Length - MaxErrorCharacters);
                error(line);
                return Task.CompletedTask;
            }
        }
        finally
        {
            if (!ended)
                await StopAsync(process, time);
            ProcessWarden.Release(process.Id);
        }
    }

    private static async Task ReadLinesAsync(
        StreamReader reader, string program, Func<string, Task> hear, CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            for (var i = 0; i < read; i++)
            {
                var c = buffer[i];
                // A lone carriage return redraws a line: that is one more of them.
                if (c is not ('\n' or '\r'))
                {
                    line.Append(c);
                    continue;
                }

                if (line.Length > 0)
                    await hear(line.ToString());
                line.Clear();
            }

            if (line.Length > MaxLine)
                throw new WorkloadException("engine_failed", $"The program '{program}' wrote far more than it was asked for.");
        }

        if (line.Length > 0)
            await hear(line.ToString());
    }
}
