using System.Text.RegularExpressions;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Packaging;

/// <summary>The examples say the versions of their packages themselves, as a project of anybody's does; they are ours.</summary>
public sealed partial class ExampleProjectTests
{
    public static TheoryData<string> Projects => [.. Examples.Projects];

    [Fact]
    public void There_are_two_hosts_a_workload_and_its_tests() => Assert.Equal(
        ["ConsoleHost", "WebHost", "WordCount", "WordCount.Tests"],
        Examples.Projects.Select(p => Path.GetFileNameWithoutExtension(p)).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void An_example_names_the_versions_that_this_repository_uses(string project)
    {
        var central = Versions().Matches(Repository.Read("Directory.Packages.props"))
            .ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value, StringComparer.Ordinal);

        Assert.All(Examples.References(Repository.Read(project)), reference => Assert.Equal(Wanted(reference.Package), reference.Version));

        // A host takes whole what we take the abstractions of.
        string Wanted(string package) => package.StartsWith("ProgressHub.", StringComparison.Ordinal)
            ? Packages.Version
            : central.GetValueOrDefault(package) ?? central[$"{package}.Abstractions"];
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void An_example_is_built_with_the_solution(string project) =>
        Assert.Contains(project.Replace('/', '\\'), Repository.Read("ProgressHub.sln"), StringComparison.Ordinal);

    [GeneratedRegex("""<PackageVersion Include="([^"]+)" Version="([^"]+)" />""")]
    private static partial Regex Versions();
}
