using System.Runtime.CompilerServices;

namespace ProgressHub.Tests.Support;

/// <summary>The sources these tests were built from.</summary>
internal static class Repository
{
    private static readonly string[] Generated = ["bin", "obj", "node_modules", "TestResults"];

    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    /// <summary>Source files below a folder, without what a build makes; paths relative to the root, with slashes.</summary>
    public static IReadOnlyList<string> Files(string folder, params string[] extensions)
    {
        var path = Path.Combine(Root, folder);
        return !Directory.Exists(path) ? [] :
        [
            .. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                .Where(f => extensions.Contains(Path.GetExtension(f)))
                .Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/'))
                .Where(f => !f.Split('/').Any(Generated.Contains))
                .Order(StringComparer.Ordinal),
        ];
    }

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string ThisFile([CallerFilePath] string file = "") => file;
}
