using System.Net.Http.Json;
using System.Runtime.Versioning;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Attacks;

/// <summary>What is kept is the server's user's alone, also where the data directory was made by an earlier version.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PrivateDataTests
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    [Fact]
    public async Task No_other_user_of_the_machine_can_read_what_is_kept()
    {
        await using var server = ServerProcess.Prepare();
        var made = Path.Combine(server.DataDirectory, "inner");
        server.Settings["Storage:DataDirectory"] = made;
        await server.StartAsync();
        using var form = new MultipartFormDataContent
        {
            { new StringContent("analysis"), "kind" },
            { new StringContent("""{"mode":"execute","sql":"SELECT sum(n) FROM data"}"""), "input" },
            { new StringContent("n\n1\n2\n"), "file", "table.csv" },
        };
        using var submitted = await server.Client.PostAsync("/api/jobs", form);
        submitted.EnsureSuccessStatusCode();
        await server.Client.EndAsync((await WebServer.ReadAsync(submitted)).Id());
        using var collection = await server.Client.PostAsJsonAsync("/api/collections", new { name = "Mine" });
        Assert.True(collection.IsSuccessStatusCode, await collection.Content.ReadAsStringAsync());
        using var external = await server.Client.PostAsJsonAsync("/api/jobs", new { kind = "external", input = new { } });
        external.EnsureSuccessStatusCode();

        Assert.Equal(0, (int)(File.GetUnixFileMode(made) & Others));
        var entries = Directory.GetFileSystemEntries(made, "*", SearchOption.AllDirectories);
        Assert.Contains(entries, path => path.EndsWith("progresshub.db-wal", StringComparison.Ordinal));
        Assert.Contains(entries, path => path.Contains("/blobs/", StringComparison.Ordinal));
        Assert.All(
            entries.Where(path => Path.GetFileName(path) is not ("progresshub.lock" or "progresshub.holder")),
            path => Assert.True((File.GetUnixFileMode(path) & Others) == 0, $"{path}: {File.GetUnixFileMode(path)}"));
    }

    [Fact]
    public async Task A_directory_that_was_open_to_others_is_closed()
    {
        await using var server = ServerProcess.Prepare();
        File.SetUnixFileMode(server.DataDirectory, File.GetUnixFileMode(server.DataDirectory) | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        await server.StartAsync();

        Assert.Equal(0, (int)(File.GetUnixFileMode(server.DataDirectory) & Others));
    }
}
