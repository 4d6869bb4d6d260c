using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Packaging;

/// <summary>
/// A workload may stand in a host of one's own, as the examples do, or in this repository, where more is asked of it.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class InHouseWorkloadTests
{
    private static readonly TimeSpan BuildLimit = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task The_example_of_a_workload_compiles_by_the_rules_of_this_repository_too()
    {
        // Below the root, so that it has the build settings, the analyzers and the package versions of our projects.
        var folder = Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts", "in-house"));
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "InHouse.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <ItemGroup>
                <Compile Include="../../examples/WordCount/*.cs" />
                <Reference Include="{typeof(Core.ServiceCollectionExtensions).Assembly.Location}" />
              </ItemGroup>
            </Project>
            """);

        var output = await CommandRun.SucceedAsync(
            DotnetHost.Path, ["build", "--nologo", "--disable-build-servers"], folder.FullName, BuildLimit);

        Assert.Contains("0 Warning(s)", output, StringComparison.Ordinal);
    }
}
