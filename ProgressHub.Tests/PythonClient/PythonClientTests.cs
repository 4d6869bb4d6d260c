using System.Diagnostics;
using System.Text.Json;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.PythonClient;

/// <summary>The client for Python: its own tests, its types, its package, and the real server, killed in the middle.</summary>
public sealed class PythonClientTests
{
    private static readonly TimeSpan Limit = 5 * Patience.Limit;

    private const string Interrupted = """
        import sys
        from progresshub import Hub
        hub = Hub()
        with hub.job("Interrupted", state_file=sys.argv[1]) as shown:
            for i in range(2000):
                shown.log(f"Line {i}")
                shown.update(current=i, total=2000)
                if i == 1000:
                    shown.flush()
                    print(shown.id, flush=True)
                    sys.stdin.readline()
        seen = [event for event in hub.watch(shown.id, after=0) if event["type"] == "log"]
        assert [event["message"] for event in seen] == [f"Line {i}" for i in range(2000)], seen
        print("seen", flush=True)
        """;

    // The one that Debian's setuptools, which builds it without a network, belongs to.
    private static string DebianPython => File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    private static string Folder => Path.Combine(Repository.Root, "clients", "python");

    private static string Sources => Path.Combine(Folder, "src");

    [Fact]
    public async Task Its_own_tests_pass()
    {
        var said = await CommandRun.SucceedAsync(
            "python3", ["-W", "error", "-m", "unittest", "discover", "-s", "tests"], Folder, Limit, Quiet());

        Assert.Matches(@"Ran [1-9]\d* tests", said);
        Assert.DoesNotContain("skipped", said, StringComparison.Ordinal);
    }

    [Fact]
    public Task It_is_typed_strictly() => CommandRun.SucceedAsync("mypy", ["--cache-dir", "/dev/null"], Folder, Limit, Quiet());

    [Fact]
    public async Task It_installs_by_pip_and_its_example_runs()
    {
        await using var server = await ServerProcess.StartNewAsync();
        // Not in the sources' own folder: building leaves files there.
        var copy = Path.Combine(server.DataDirectory, "python");
        CopyTo(copy);
        var installed = Path.Combine(server.DataDirectory, "installed");
        await CommandRun.SucceedAsync(
            DebianPython, ["-m", "pip", "install", "--quiet", "--no-build-isolation", "--no-index", "--target", installed, copy], copy, Limit);

        var said = await CommandRun.SucceedAsync(
            DebianPython, [Path.Combine(Folder, "examples", "count.py")], server.DataDirectory, Limit, [.. Quiet(installed), Url(server)]);

        Assert.StartsWith("a.csv\nb.csv\nc.csv\n0 snapshot\n1 queued\n", said, StringComparison.Ordinal);
        Assert.EndsWith(" done", said.TrimEnd(), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(installed, "progresshub", "py.typed")));
        var jobs = JsonElement.Parse(await server.Client.GetStringAsync("/api/jobs")).GetProperty("jobs").EnumerateArray();
        Assert.Equal([("Import", "succeeded"), ("Nightly check", "succeeded")], jobs.Select(j => (j.Text("title")!, j.Text("state")!)));
        server.AssertCalm();
    }

    [Fact]
    public async Task Every_line_is_there_once_though_the_server_is_killed_in_the_middle()
    {
        await using var server = await ServerProcess.StartNewAsync();
        var start = new ProcessStartInfo("python3", ["-c", Interrupted, Path.Combine(server.DataDirectory, "state")])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (key, value) in (IEnumerable<(string, string)>)[.. Quiet(), Url(server)])
            start.Environment[key] = value;
        using var program = Process.Start(start)!;
        var errors = program.StandardError.ReadToEndAsync();
        Assert.Matches("^[0-9a-f]{32}$", await program.StandardOutput.ReadLineAsync().Soon());

        await server.KillAsync();
        await program.StandardInput.WriteLineAsync();
        await program.StandardInput.FlushAsync();
        await server.StartAsync();

        var said = await program.StandardOutput.ReadLineAsync().Soon();
        await program.WaitForExitAsync().Soon();
        Assert.True(said == "seen", await errors);
    }

    private static (string Key, string Value)[] Quiet(string? packages = null) =>
        [("PYTHONPATH", packages ?? Sources), ("PYTHONDONTWRITEBYTECODE", "1")];

    private static (string Key, string Value) Url(ServerProcess server) =>
        ("PROGRESSHUB_URL", server.Address.GetLeftPart(UriPartial.Authority));

    private static void CopyTo(string copy)
    {
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Where(f => Path.GetExtension(f) is ".py" or ".toml" or ".md" or ".typed"))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
