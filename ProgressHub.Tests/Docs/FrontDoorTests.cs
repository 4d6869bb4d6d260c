using System.Text;
using System.Text.RegularExpressions;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Docs;

/// <summary>The README is short, and the changelog has the form that tools and people know.</summary>
public sealed partial class FrontDoorTests
{
    private const int MostBytes = 8192;

    private static readonly string[] Groups = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"];

    [Fact]
    public void The_README_is_at_most_8_KB() =>
        Assert.InRange(Encoding.UTF8.GetByteCount(Repository.Read("README.md")), 1, MostBytes);

    [Fact]
    public void The_changelog_has_the_form_of_keepachangelog()
    {
        var lines = Repository.Read("CHANGELOG.md").Split('\n');
        var versions = lines.Where(line => line.StartsWith("## ", StringComparison.Ordinal)).ToList();
        var groups = lines.Where(line => line.StartsWith("### ", StringComparison.Ordinal)).ToList();

        Assert.Equal("# Changelog", lines[0]);
        Assert.Equal("## [Unreleased]", versions[0]);
        Assert.All(versions.Skip(1), version => Assert.Matches(Version(), version));
        Assert.Contains(versions, version => version.StartsWith("## [0.1.0] ", StringComparison.Ordinal));
        Assert.All(groups, group => Assert.Contains(group[4..], Groups));
    }

    [Fact]
    public void The_licence_is_MIT()
    {
        var licence = Repository.Read("LICENSE");

        Assert.StartsWith("MIT License", licence, StringComparison.Ordinal);
        Assert.Contains("Copyright (c) 2026 The ProgressHub contributors", licence, StringComparison.Ordinal);
        Assert.Contains("[MIT](LICENSE)", Repository.Read("README.md"), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^## \[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}$")]
    private static partial Regex Version();
}
