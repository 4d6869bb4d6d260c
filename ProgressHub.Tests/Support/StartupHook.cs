using System.Runtime.Loader;

/// <summary>
/// Lets a server that runs as a process of its own find this assembly, which it does not know. The runtime calls it where
/// DOTNET_STARTUP_HOOKS names this assembly (docs/design/features/host-startup-hook.md in dotnet/runtime); it wants that
/// name, outside of any namespace.
/// </summary>
#pragma warning disable CA1050, IDE0130 // The runtime's choice.
internal static class StartupHook
#pragma warning restore CA1050, IDE0130
{
    public static void Initialize() => AssemblyLoadContext.Default.Resolving += static (context, name) =>
        Path.Combine(Path.GetDirectoryName(typeof(StartupHook).Assembly.Location)!, $"{name.Name}.dll") is var path && File.Exists(path)
            ? context.LoadFromAssemblyPath(path)
            : null;
}
