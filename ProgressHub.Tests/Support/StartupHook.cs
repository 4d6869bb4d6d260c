using System.Runtime.InteropServices;

/// <summary>
/// Runs inside a server process that a test starts with <c>DOTNET_STARTUP_HOOKS</c>: asked by a signal, it collects all
/// garbage and says what is left. The runtime wants this name, outside any namespace.
/// </summary>
internal static class StartupHook
{
    public const string Announcement = "The heap holds ";

    /// <summary>SIGUSR1, on Linux.</summary>
    public const int Signal = 10;

    private static PosixSignalRegistration? s_registration;

    /// <summary>Called by the runtime before the server's own <c>Main</c>.</summary>
    public static void Initialize() => s_registration = PosixSignalRegistration.Create((PosixSignal)Signal, static context =>
    {
        context.Cancel = true;

        // The second round takes what the finalizers of the first let go.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Console.WriteLine($"{Announcement}{GC.GetTotalMemory(forceFullCollection: false)}");
    });
}
