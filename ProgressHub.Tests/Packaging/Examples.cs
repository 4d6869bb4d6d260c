using System.Text.RegularExpressions;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Packaging;

/// <summary>The C# examples as they stand in the repository.</summary>
internal static partial class Examples
{
    // bin/Debug/net10.0: built the way these tests are.
    private static readonly string[] Output = AppContext.BaseDirectory.TrimEnd('/', '\\').Split('/', '\\')[^2..];

    /// <summary>The example projects, as paths from the root.</summary>
    public static IReadOnlyList<string> Projects { get; } = Repository.Files("examples", ".csproj");

    /// <summary>The program that the build made of an example.</summary>
    public static string ProgramOf(string name) =>
        Path.Combine([Repository.Root, "examples", name, "bin", .. Output, $"{name}.dll"]);

    /// <summary>Each package a project file names, with its version.</summary>
    public static IEnumerable<(string Package, string Version)> References(string projectFile) =>
        PackageReference().Matches(projectFile).Select(m => (m.Groups[1].Value, m.Groups[2].Value));

    [GeneratedRegex("""<PackageReference Include="([^"]+)" Version="([^"]+)" />""")]
    private static partial Regex PackageReference();
}
