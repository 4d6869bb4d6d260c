using System.Text.RegularExpressions;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Packaging;

/// <summary>
/// The examples as they would stand in a repository of somebody else: copied to a folder of their own and built from the
/// packages in the folder where <c>./test</c> puts them.
/// </summary>
// Builds take all there is of this machine; other tests would run into their timeouts.
[CollectionDefinition(Collection, DisableParallelization = true)]
public sealed partial class PackagedExamples : IAsyncLifetime, ICollectionFixture<PackagedExamples>
{
    /// <summary>The tests that share them.</summary>
    public const string Collection = "Packaged examples";

    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(8);
    private static readonly string[] Copied = [".cs", ".csproj", ".json", ".props"];

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("progresshub-examples-");
    private string _output = "";

    /// <summary>Where packages are unpacked for these projects alone, so that none of an earlier build is taken for ours.</summary>
    private string Unpacked => Path.Combine(_root.FullName, "packages");

    public async Task InitializeAsync()
    {
        await Packages.ReadyAsync();
        foreach (var file in Repository.Files("examples", Copied))
            await CopyAsync(file);

        await LocalFeed.WriteAsync(_root.FullName);
        var cache = await LocalFeed.CacheAsync(_root.FullName);
        foreach (var project in Examples.Projects)
        {
            // Without the build servers, which would outlive the build and hold its output open.
            _output += await DotnetAsync(
                "build", project, "--nologo", "--disable-build-servers",
                $"-p:RestorePackagesPath={Unpacked}", $"-p:RestoreFallbackFolders={cache}");
        }
    }

    public Task DisposeAsync()
    {
        _root.Delete(recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>The program that was built of an example.</summary>
    public string ProgramOf(string name) => Path.Combine(_root.FullName, "examples", name, "bin", "Debug", "net10.0", $"{name}.dll");

    /// <summary>All that building them said.</summary>
    public string Output => _output;

    /// <summary>Of which source a package was taken.</summary>
    public string SourceOf(string package) => File.ReadAllText(Path.Combine(
#pragma warning disable CA1308 // The folder is in lower case.
        Unpacked, package.ToLowerInvariant(), Packages.Version, ".nupkg.metadata"));
#pragma warning restore CA1308

    /// <summary>Runs <c>dotnet</c> in the folder; fails with what it says where it fails.</summary>
    public Task<string> DotnetAsync(params string[] arguments) =>
        CommandRun.SucceedAsync(DotnetHost.Path, arguments, _root.FullName, BuildLimit);

    private async Task CopyAsync(string file)
    {
        var copy = Path.Combine(_root.FullName, file);
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        await File.WriteAllTextAsync(copy, OfTheProduct().Replace(
            Repository.Read(file), $"""<PackageReference Include="$1" Version="{Packages.Version}" />"""));
    }

    [GeneratedRegex("""<ProjectReference Include="[^"]*/(ProgressHub\.[^"/]+)\.csproj" />""")]
    private static partial Regex OfTheProduct();
}
