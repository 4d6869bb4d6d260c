using System.Net;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Packaging;

/// <summary><c>dotnet new progresshub</c> as somebody else has it: installed from its package, built from ours, run.</summary>
[Collection(AloneCollection.Name)]
public sealed class TemplateTests : IAsyncLifetime
{
    private const string Name = "Shop";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("progresshub-template-");

    public async Task InitializeAsync()
    {
        await Packages.ReadyAsync();
        await LocalFeed.WriteAsync(_root.FullName);
    }

    public Task DisposeAsync()
    {
        _root.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_new_host_builds_passes_its_tests_and_runs_a_job_of_its_own_workload()
    {
        var hive = Path.Combine(_root.FullName, "hive");
        await DotnetAsync("new", "install", Packages.PathOf("ProgressHub.Templates"), "--debug:custom-hive", hive);
        await DotnetAsync("new", "progresshub", "-n", Name, "--debug:custom-hive", hive);
        var cache = await LocalFeed.CacheAsync(_root.FullName);

        var tested = await DotnetAsync(
            "test", Name, "--nologo", "--disable-build-servers", "-warnaserror",
            $"-p:RestorePackagesPath={Path.Combine(_root.FullName, "packages")}", $"-p:RestoreFallbackFolders={cache}");

        Assert.Contains("Passed: ", tested, StringComparison.Ordinal);
        await using var host = await ServerProcess.StartProgramAsync(
            Path.Combine(_root.FullName, Name, Name, "bin", "Debug", "net10.0", $"{Name}.dll"));
        using var response = await host.Client.PostAsync(
            "/api/jobs", WebServer.Json(new { kind = "greeting", input = new { names = new[] { "Ada", "Grace" }, pauseMs = 10 } }));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var id = (await WebServer.ReadAsync(response)).Id();
        await host.Client.EndAsync(id);
        Assert.Equal("Hello, Ada!\nHello, Grace!\n", await host.Client.GetStringAsync($"/api/jobs/{id}/result"));
        host.AssertCalm();
    }

    [Fact]
    public void It_names_the_versions_of_this_repository()
    {
        var central = Repository.Read("Directory.Packages.props");

        foreach (var project in Repository.Files("ProgressHub.Templates/content", ".csproj"))
        {
            Assert.All(Examples.References(Repository.Read(project)), reference =>
            {
                if (reference.Package.StartsWith("ProgressHub.", StringComparison.Ordinal))
                    Assert.Equal("PROGRESSHUB-VERSION", reference.Version);
                else
                    Assert.Contains($"Include=\"{reference.Package}\" Version=\"{reference.Version}\"", central, StringComparison.Ordinal);
            });
        }
    }

    private Task<string> DotnetAsync(params string[] arguments) => CommandRun.SucceedAsync(
        DotnetHost.Path, arguments, _root.FullName, Limit, ("DOTNET_CLI_UI_LANGUAGE", "en"));
}
