using System.Text.RegularExpressions;
using ProgressHub.Tests.Support;
using Xunit.Abstractions;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>The commands that README.md shows do what it says: all blocks marked as tested, in order, in one shell.</summary>
public sealed partial class ReadmeTests(ITestOutputHelper output)
{
    private const string Address = "http://localhost:5080";

    [Fact]
    public async Task The_curl_commands_of_the_README_work_as_they_stand()
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "README.md"));
        var blocks = TestedBlock().Matches(readme).Select(m => m.Groups["script"].Value).ToList();
        Assert.Equal(Marker().Count(readme), blocks.Count);
        Assert.Contains(blocks, block => block.Contains("curl", StringComparison.Ordinal) && Unbuffered().IsMatch(block));
        await using var server = await ServerProcess.StartNewAsync();
        var address = server.Address.GetLeftPart(UriPartial.Authority);

        // Blocks that are run as they are, whether they take the address from BASE or write it out.
        var script = string.Join('\n', ["set -eu", .. blocks]);
        script = script.Replace($":-{Address}", ":-", StringComparison.Ordinal).Replace(Address, address, StringComparison.Ordinal);
        var said = await CommandRun.SucceedAsync("bash", ["-c", script], server.DataDirectory, Patience.Limit, ("BASE", address));

        output.WriteLine(said);
        Assert.Contains("event: snapshot", said, StringComparison.Ordinal);
        Assert.Contains("event: done", said, StringComparison.Ordinal);
        server.AssertCalm();
    }

    [GeneratedRegex("<!-- tested -->")]
    private static partial Regex Marker();

    [GeneratedRegex(@"<!-- tested -->\s*```bash\n(?<script>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex TestedBlock();

    [GeneratedRegex(@"curl\s[^\n]*-\w*N")]
    private static partial Regex Unbuffered();
}
