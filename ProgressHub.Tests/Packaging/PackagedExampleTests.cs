namespace ProgressHub.Tests.Packaging;

/// <summary>What somebody else's build makes of our packages.</summary>
[Collection(PackagedExamples.Collection)]
public sealed class PackagedExampleTests(PackagedExamples examples)
{
    public static TheoryData<string> Used => ["ProgressHub.Core", "ProgressHub.AspNetCore", "ProgressHub.Testing"];

    [Fact]
    public void They_build_without_a_warning()
    {
        Assert.Contains("0 Warning(s)", examples.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("warning ", examples.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("NETSDK1206", examples.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Used))]
    public void The_packages_are_those_under_test(string package) =>
        Assert.Contains(Packages.Folder, examples.SourceOf(package), StringComparison.Ordinal);

    [Fact]
    public Task The_console_host_shows_a_job_from_its_first_event_to_its_last() =>
        ConsoleHostRun.AssertShowsJobAsync(examples.ProgramOf("ConsoleHost"));

    [Fact]
    public async Task The_tests_of_the_workload_pass()
    {
        var output = await examples.DotnetAsync("test", "examples/WordCount.Tests", "--no-build", "--nologo");

        Assert.Contains("Passed!", output, StringComparison.Ordinal);
    }
}
