using System.Text.RegularExpressions;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Connect;

namespace ProgressHub.Tests.Components.Connect;

/// <summary>The ways to connect where people sign in.</summary>
public sealed partial class AuthorizedSnippetsTests
{
    private const string Address = "https://hub.example";

    public static TheoryData<string> Names() => [.. Snippets.All.Select(snippet => snippet.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_request_brings_the_key_and_says_where_to_make_one(string name)
    {
        var snippet = Snippets.All.Single(s => s.Name == name);

        var shell = AuthorizedSnippets.Shell(Snippets.At(Address, snippet.Curl), Address);
        var script = AuthorizedSnippets.Script(Snippets.Script(snippet, Repository.Read($"wwwroot-assets/connect/{name}.js"), Address), Address);

        Assert.Equal(Curl().Count(shell), Curl().Count(snippet.Curl));
        Assert.Equal(Curl().Count(shell), AuthorizedCurl().Count(shell));
        Assert.All([shell, script], text => Assert.Contains($"{Address}/account", text, StringComparison.Ordinal));
        Assert.All([shell, script], text => Assert.DoesNotContain("token=any", text, StringComparison.Ordinal));
        Assert.Contains("Authorization: `Bearer ${key}`", script, StringComparison.Ordinal);
        Assert.DoesNotContain("new EventSource(`", script, StringComparison.Ordinal);
        Assert.Equal(script.Contains("watchJob(", StringComparison.Ordinal), script.Contains("accessToken: key", StringComparison.Ordinal));
    }

    public static IEnumerable<object[]> Programs() => ConnectLanguage.All.SelectMany(l => l.Programs.Select(p => new object[] { l.Name, p.Title }));

    [Theory]
    [MemberData(nameof(Programs))]
    public void A_program_that_asks_the_server_brings_the_key(string language, string title)
    {
        var program = ConnectLanguage.Of(language).Programs.Single(p => p.Title == title);

        var text = AuthorizedSnippets.Program(language, program, Address);

        Assert.Equal(program.Text.Contains("{base}", StringComparison.Ordinal) && program.Text.Trim() != "{base}/mcp", text.Contains("phk_...", StringComparison.Ordinal));
        Assert.DoesNotContain("{base}", text, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"curl -\w+")]
    private static partial Regex Curl();

    [GeneratedRegex("""curl -\w+ -H "Authorization: Bearer \$KEY" """)]
    private static partial Regex AuthorizedCurl();
}
