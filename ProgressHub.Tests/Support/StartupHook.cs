using System.Runtime.InteropServices;
using System.Runtime.Loader;

/// <summary>
/// Runs inside a server process that a test starts with <c>DOTNET_STARTUP_HOOKS</c>, before the server's own <c>Main</c>
/// (docs/design/features/host-startup-hook.md in dotnet/runtime): lets it find this assembly, which it does not know, and,
/// asked by a signal, collects all garbage and says what is left. The runtime wants this name, outside any namespace.
/// </summary>
#pragma warning disable CA1050, IDE0130 // The runtime's choice.
internal static class StartupHook
#pragma warning restore CA1050, IDE0130
{
    public const string Announcement = "The heap holds ";

    /// <summary>SIGUSR1, on Linux.</summary>
    public const int Signal = 10;

    private static PosixSignalRegistration? s_registration;

    /// <summary>Called by the runtime.</summary>
    public static void Initialize()
    {
        AssemblyLoadContext.Default.Resolving += static (context, name) =>
            Path.Combine(Path.GetDirectoryName(typeof(StartupHook).Assembly.Location)!, $"{name.Name}.dll") is var path && File.Exists(path)
                ? context.LoadFromAssemblyPath(path)
                : null;
        s_registration = PosixSignalRegistration.Create((PosixSignal)Signal, static context =>
        {
            context.Cancel = true;

            // The second round takes what the finalizers of the first let go.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            GC.Collect();
            Console.WriteLine($"{Announcement}{GC.GetTotalMemory(forceFullCollection: false)}");
        });
    }
}
