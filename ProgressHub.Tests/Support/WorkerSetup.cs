using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using ProgressHub.Workloads.Workers;

namespace ProgressHub.Tests.Support;

/// <summary>Workers of the tests: the program of a test run is not ours, so the real server's is named.</summary>
internal static class WorkerSetup
{
    /// <summary>The server's program.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "ProgressHub.Web.dll");

    /// <summary>Options for a pool of workers.</summary>
    public static IOptions<WorkerOptions> Options { get; } = Microsoft.Extensions.Options.Options.Create(new WorkerOptions { Program = Program });

    // Whatever host a test builds, and however little it configures.
    [ModuleInitializer]
    internal static void NameProgram() => Environment.SetEnvironmentVariable(WorkerCommand.ProgramVariable, Program);
}
