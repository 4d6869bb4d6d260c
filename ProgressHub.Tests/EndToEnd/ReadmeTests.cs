using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ProgressHub.Tests.Docs;
using ProgressHub.Tests.Support;
using Xunit.Abstractions;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>
/// What README.md and the files under docs show does what it says, against one real server: the blocks marked as tested
/// of a file run in order in one shell, the files side by side.
/// </summary>
public sealed partial class ReadmeTests(ServedDocs docs, ITestOutputHelper output) : IClassFixture<ServedDocs>
{
    private const string Address = "http://localhost:5080";

    [Fact]
    public async Task The_commands_work_as_they_stand()
    {
        var files = MarkdownFile.All.Where(file => file.Blocks.Any(b => b.IsTested)).ToList();
        Assert.Contains(files, file => file.Path == "README.md");
        var tested = files.SelectMany(file => file.Blocks).Where(b => b.IsTested).ToList();
        Assert.Equal(MarkdownFile.All.Sum(file => Marker().Count(file.Text)), tested.Count);
        Assert.All(tested, block => Assert.Equal("bash", block.Language));

        var said = await Task.WhenAll(files.Select(RunAsync));

        output.WriteLine(string.Join('\n', said));
        var readme = said[files.FindIndex(file => file.Path == "README.md")];
        Assert.Contains("event: snapshot", readme, StringComparison.Ordinal);
        Assert.Contains("event: done", readme, StringComparison.Ordinal);
        docs.Server.AssertCalm();
    }

    [Fact]
    public async Task The_pages_they_name_are_there()
    {
        var pages = MarkdownFile.All.SelectMany(file => file.Pages).Distinct().ToList();
        Assert.Contains("/connect", pages);

        foreach (var page in pages)
        {
            using var response = await docs.Server.Client.GetAsync(new Uri(docs.Server.Address, page));
            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.MovedPermanently, $"{page} is answered {response.StatusCode}.");
        }
    }

    [Fact]
    public async Task Every_endpoint_of_the_server_is_in_the_list_and_no_other()
    {
        var listed = Endpoint().Matches(Repository.Read("docs/api.md")).Select(m => $"{m.Groups[1]} {m.Groups[2]}").ToList();

        using var description = JsonDocument.Parse(await docs.Server.Client.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        var served = description.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Where(operation => operation.Value.ValueKind == JsonValueKind.Object)
            .Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}"));

        Assert.Equal(served.Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    private async Task<string> RunAsync(MarkdownFile file)
    {
        var server = docs.Server;
        var address = server.Address.GetLeftPart(UriPartial.Authority);
        var folder = Directory.CreateDirectory(Path.Combine(server.DataDirectory, "docs", Path.GetFileNameWithoutExtension(file.Path)));

        // Blocks are run as they are, whether they take the address from BASE or write it out.
        var script = string.Join('\n', ["set -eu", .. file.Blocks.Where(b => b.IsTested).Select(b => b.Code)]);
        script = script.Replace($":-{Address}", ":-", StringComparison.Ordinal).Replace(Address, address, StringComparison.Ordinal);
        return await CommandRun.SucceedAsync("bash", ["-c", script], folder.FullName, Patience.Limit, ("BASE", address));
    }

    [GeneratedRegex("^<!-- tested -->$", RegexOptions.Multiline)]
    private static partial Regex Marker();

    [GeneratedRegex(@"^\| `([A-Z]+) (/\S*)` \|", RegexOptions.Multiline)]
    private static partial Regex Endpoint();
}
