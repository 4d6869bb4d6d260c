using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Packaging;

/// <summary><c>eng/release</c> on a clone with a tag of its own. What it packs for NuGet is <c>dotnet pack</c>, which other tests run.</summary>
public sealed class ReleaseScriptTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("progresshub-release-");

    private string Clone => Path.Combine(_root.FullName, "clone");

    public async Task InitializeAsync()
    {
        await GitAsync(_root.FullName, "clone", "--quiet", "--no-hardlinks", Repository.Root, Clone);
        await GitAsync(Clone, "tag", $"v{Packages.Version}");

        // The script as it is here, whether it is committed or not.
        File.Copy(Path.Combine(Repository.Root, "eng", "release"), Path.Combine(Clone, "eng", "release"), overwrite: true);
    }

    public Task DisposeAsync()
    {
        _root.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task The_packages_for_npm_and_Python_are_made_of_the_tag_and_not_of_what_lies_about()
    {
        var to = Path.Combine(_root.FullName, "out");
        await File.AppendAllTextAsync(Path.Combine(Clone, "wwwroot-assets", "js", "progress-hub.js"), "\nthrow new Error('not committed');\n");
        await File.AppendAllTextAsync(Path.Combine(Clone, "clients", "python", "src", "progresshub", "__init__.py"), "\nraise ValueError\n");

        await ReleaseAsync($"v{Packages.Version}", "--to", to, "npm", "python");

        string[] expected =
        [
            "SHA256SUMS", $"npm/progress-hub-{Packages.Version}.tgz", $"python/progresshub-{Packages.Version}-py3-none-any.whl",
            $"python/progresshub-{Packages.Version}.tar.gz",
        ];
        Assert.Equal(expected, Directory.EnumerateFiles(to, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(to, f)).Order(StringComparer.Ordinal));
        await CommandRun.SucceedAsync("sha256sum", ["--check", "--quiet", "SHA256SUMS"], to, Limit);
        var module = Unpack(Path.Combine(to, expected[1]));
        Assert.Contains("package/dist/progress-hub.d.ts", module.Keys);
        Assert.DoesNotContain("not committed", module["package/progress-hub.js"], StringComparison.Ordinal);
        using var wheel = await ZipFile.OpenReadAsync(Path.Combine(to, expected[2]));
        using var init = new StreamReader(await wheel.GetEntry("progresshub/__init__.py")!.OpenAsync());
        Assert.DoesNotContain("raise ValueError", await init.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.NotNull(wheel.GetEntry("progresshub/py.typed"));
    }

    [Fact]
    public async Task A_tag_that_is_not_there_or_is_not_the_version_of_the_sources_is_refused()
    {
        await GitAsync(Clone, "tag", "v9.9.9");

        Assert.Contains("there is no tag v9.9.8", await RefusedAsync("v9.9.8"), StringComparison.Ordinal);
        Assert.Contains($"says version '{Packages.Version}', the tag 9.9.9", await RefusedAsync("v9.9.9"), StringComparison.Ordinal);
        Assert.Contains("is no version", await RefusedAsync("main"), StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Unpack(string archive)
    {
        using var zip = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
        using var tar = new TarReader(zip);
        var files = new Dictionary<string, string>();
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } data)
                files[entry.Name] = new StreamReader(data).ReadToEnd();
        }

        return files;
    }

    private static Task<string> GitAsync(string folder, params string[] arguments) => CommandRun.SucceedAsync(
        "git", ["-c", "safe.directory=*", "-c", "user.name=Test", "-c", "user.email=test@example.org", .. arguments], folder, Limit);

    private Task<string> ReleaseAsync(params string[] arguments) => CommandRun.SucceedAsync(
        "bash", ["eng/release", .. arguments], Clone, Limit,
        ("NODE_MODULES", Path.Combine(Repository.Root, "ProgressHub.Tests", "Clients", "node_modules")),
        ("PYTHON", File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3"));

    private async Task<string> RefusedAsync(string tag)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", ["eng/release", tag])
        {
            WorkingDirectory = Clone, RedirectStandardError = true, RedirectStandardOutput = true,
        })!;
        var said = await process.StandardError.ReadToEndAsync().Soon();
        await process.WaitForExitAsync().Soon();
        Assert.Equal(1, process.ExitCode);
        return said;
    }
}
