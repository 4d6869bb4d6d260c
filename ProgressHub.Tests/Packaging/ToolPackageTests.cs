using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Packaging;

/// <summary>The tool <c>progresshub</c> as <c>dotnet tool install</c> brings it.</summary>
[Collection(AloneCollection.Name)]
public sealed class ToolPackageTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task It_is_installed_from_its_package_and_shows_a_command_as_a_job()
    {
        await Packages.ReadyAsync();
        await using var server = await ServerProcess.StartNewAsync();
        var root = server.DataDirectory;
        await LocalFeed.WriteAsync(root);
        var tools = Path.Combine(root, "tools");

        // A cache of its own: an earlier build of the same version is not to be taken for this one.
        await CommandRun.SucceedAsync(
            DotnetHost.Path, ["tool", "install", "ProgressHub.Tool", "--version", Packages.Version, "--tool-path", tools], root, Limit,
            ("NUGET_PACKAGES", Path.Combine(root, "nuget")));
        var said = await CommandRun.SucceedAsync(
            Path.Combine(tools, "progresshub"), ["run", "-t", "Installed", "sh", "-c", "echo one; echo 50%"], root, Limit,
            ("PROGRESSHUB_URL", server.Address.GetLeftPart(UriPartial.Authority)), ("DOTNET_ROOT", Path.GetDirectoryName(Program())!),
            ("HOME", root), ("XDG_CONFIG_HOME", root));

        Assert.Contains("one\n50%\n", said, StringComparison.Ordinal);
        var job = Assert.Single((await server.Client.JsonAsync("/api/jobs")).GetProperty("jobs").EnumerateArray());
        Assert.Equal(("Installed", "succeeded"), (job.Text("title"), job.Text("state")));
    }

    private static string Program() => Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet"
        ? path
        : Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "dotnet");
}
