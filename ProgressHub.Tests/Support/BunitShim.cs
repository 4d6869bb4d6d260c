using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace ProgressHub.Tests.Support;

/// <summary>Loads the AngleSharp.Diffing that bUnit compares markup with (see the project file for why).</summary>
internal static class BunitShim
{
    [ModuleInitializer]
    internal static void Register() =>
        AssemblyLoadContext.Default.Resolving += (context, name) => name.Name == "AngleSharp.Diffing"
            ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, "compat", "AngleSharp.Diffing.dll"))
            : null;
}
