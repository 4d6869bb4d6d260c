using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Packaging;

/// <summary>One run of the console host of the examples.</summary>
internal static class ConsoleHostRun
{
    /// <summary>Runs it to its end, and looks at what it printed.</summary>
    public static async Task AssertShowsJobAsync(string program)
    {
        var data = Directory.CreateTempSubdirectory("progresshub-console-");
        try
        {
            var output = await CommandRun.SucceedAsync(
                DotnetHost.Path, [program], Path.GetDirectoryName(program)!, Patience.Limit,
                ("Storage__DataDirectory", data.FullName));

            var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal("1 queued", lines[0]);
            Assert.Equal(4, lines.Count(line => line.EndsWith(" partial", StringComparison.Ordinal)));
            Assert.EndsWith(" done", lines[^2], StringComparison.Ordinal);
            Assert.Equal("8 words", lines[^1]);
            Assert.NotEmpty(data.EnumerateFiles("*.db"));
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
