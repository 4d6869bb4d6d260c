using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Packaging;

/// <summary>A folder whose builds find our packages under test, beside the sources that this machine is set up with.</summary>
internal static class LocalFeed
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Sets the folder up.</summary>
    public static Task WriteAsync(string folder) => File.WriteAllTextAsync(Path.Combine(folder, "nuget.config"), $"""
        <configuration>
          <packageSources>
            <add key="progresshub-under-test" value="{Packages.Folder}" />
          </packageSources>
        </configuration>
        """);

    /// <summary>What this machine has of other packages already.</summary>
    public static async Task<string> CacheAsync(string folder) =>
        (await CommandRun.SucceedAsync(DotnetHost.Path, ["nuget", "locals", "global-packages", "--list"], folder, Limit))
            .Split("global-packages: ")[1].Split('\n')[0].Trim();
}
