using ProgressHub.Tests.Support;
using ProgressHub.Web.Hosting;

namespace ProgressHub.Tests.Attacks;

/// <summary>What strangers write does nothing to the terminal of whoever reads the log.</summary>
public sealed class SafeConsoleTests
{
    [Theory]
    [InlineData("plain ü 漢\n\tline", "plain ü 漢\n\tline")]
    [InlineData("a\u001b[2Jb\u0007\r", "a\\u001b[2Jb\\u0007\\u000d")]
    [InlineData("\u202egnp\u0085\u2028", "\\u202egnp\\u0085\\u2028")]
    public void Control_and_format_characters_are_written_out(string text, string safe) => Assert.Equal(safe, SafeConsoleFormatter.Escape(text));

    [Fact]
    public async Task A_failure_that_quotes_a_stranger_stands_escaped_in_the_servers_log()
    {
        await using var server = await ServerProcess.StartNewAsync(
            ("Logging:LogLevel:ProgressHub", "Debug"), ("Logging:LogLevel:Default", "Debug"));
        using var form = new MultipartFormDataContent
        {
            { new StringContent("analysis"), "kind" },
            { new StringContent("""{"mode":"execute","sql":"SELECT 1 FROM \"x\u001b[2J\u001b[31mFORGED\u0007\""}"""), "input" },
            { new StringContent("n\n1\n"), "file", "table.csv" },
        };
        using var submitted = await server.Client.PostAsync("/api/jobs", form);
        submitted.EnsureSuccessStatusCode();
        await server.Client.EndAsync((await WebServer.ReadAsync(submitted)).Id());

        Assert.DoesNotContain('\u001b', server.Output);
        Assert.DoesNotContain('\u0007', server.Output);
    }
}
