using System.Text.RegularExpressions;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Packaging;

/// <summary>The packages that others install, made from the sources under test.</summary>
internal static partial class Packages
{
    private static readonly TimeSpan PackLimit = TimeSpan.FromMinutes(8);
    private static readonly Lazy<Task> Made = new(MakeAsync);

    public static IReadOnlyList<string> Names { get; } =
        ["ProgressHub.Core", "ProgressHub.Workloads", "ProgressHub.AspNetCore", "ProgressHub.Workloads.AspNetCore", "ProgressHub.Testing", "ProgressHub.Client"];

    /// <summary>Those that are no libraries.</summary>
    public static IReadOnlyList<string> Programs { get; } = ["ProgressHub.Tool", "ProgressHub.Templates"];

    /// <summary>Where <c>./test</c> puts them: a feed in a folder.</summary>
    public static string Folder { get; } = Path.Combine(Repository.Root, "artifacts", "packages");

    public static string Version { get; } = VersionElement().Match(Repository.Read("Directory.Build.props")).Groups[1].Value;

    /// <summary>Sees to it that they are there and up to date.</summary>
    public static Task ReadyAsync() => Made.Value;

    /// <summary>The path of a package or, with <c>snupkg</c>, of its symbols.</summary>
    public static string PathOf(string name, string extension = "nupkg") => Path.Combine(Folder, $"{name}.{Version}.{extension}");

    private static async Task MakeAsync()
    {
        // Whoever runs a test by itself has changed something since ./test packed.
        if (Names.Concat(Programs).All(IsUpToDate))
            return;
        await CommandRun.SucceedAsync(
            DotnetHost.Path, ["pack", "ProgressHub.Packages.slnf", "--output", Folder, "--nologo", "--disable-build-servers"],
            Repository.Root, PackLimit);
    }

    private static bool IsUpToDate(string name) => File.Exists(PathOf(name)) && File.GetLastWriteTimeUtc(PathOf(name))
        >= Repository.Files(name, ".cs", ".csproj", ".md", ".sql", ".json").Append("Directory.Build.props").Append("eng/Package.props")
            .Max(file => File.GetLastWriteTimeUtc(Path.Combine(Repository.Root, file)));

    [GeneratedRegex("<Version>(.+)</Version>")]
    private static partial Regex VersionElement();
}
