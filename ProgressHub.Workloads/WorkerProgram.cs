using System.Globalization;
using ProgressHub.Workloads.Analysis.Engine;
using ProgressHub.Workloads.Knowledge.Documents;
using ProgressHub.Workloads.Transcription.Engines;
using ProgressHub.Workloads.Translation.Cutting;
using ProgressHub.Workloads.Workers;

namespace ProgressHub.Workloads;

/// <summary>
/// Workers: native engines and strangers' files run in processes of their own, which are this very program. A host's
/// <c>Main</c> begins with
/// <code>if (await WorkerProgram.RunAsync(args) is { } code) return code;</code>
/// </summary>
public static class WorkerProgram
{
    internal const string WhatToAdd =
        "The program of a worker begins its Main with: if (await WorkerProgram.RunAsync(args) is { } code) return code;";

    // A line for each kind.
    private static readonly Dictionary<string, Func<IWorkerHandler>> Kinds = new(StringComparer.Ordinal)
    {
        [TableWorker.Kind] = () => new TableWorker(),
        [WhisperWorker.Kind] = () => new WhisperWorker(),
        [DocumentWorker.Kind] = () => new DocumentWorker(),
        [CutWorker.Kind] = () => new CutWorker(),
    };

    /// <summary>Runs as a worker where the arguments are <c>worker KIND</c>; else it does nothing.</summary>
    /// <param name="args">The arguments of the program.</param>
    /// <returns>The exit code once the worker has ended; null where this is to be no worker.</returns>
    public static async Task<int?> RunAsync(string[] args)
    {
        if (args is not [WorkerCommand.Verb, var kind])
            return null;
        if (!Kinds.TryGetValue(kind, out var create) || Environment.GetEnvironmentVariable(WorkerCommand.HostVariable) is not { } host)
        {
            await Console.Error.WriteLineAsync(
                $"'{WorkerCommand.Verb} {kind}' is what a server starts by itself; the kinds are: {string.Join(", ", Kinds.Keys)}.");
            return 2;
        }

        WorkerLimits.DieWith(int.Parse(host, CultureInfo.InvariantCulture));
        var memory = Environment.GetEnvironmentVariable(WorkerCommand.MemoryVariable);
        WorkerLimits.BoundMemory(long.Parse(memory ?? "", CultureInfo.InvariantCulture));
        var output = WorkerLimits.TakeOutput();
        using var handler = create();
        return await new WorkerLoop(handler, Console.OpenStandardInput(), output).RunAsync(WorkerLimits.ExitNow);
    }
}
