using ProgressHub.Tests.Support;
using Xunit.Abstractions;

namespace ProgressHub.Tests.Clients;

/// <summary>The JavaScript client and the plain page pass their tests, which are Node's own, against a server that breaks on demand.</summary>
public sealed class StandInTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("test")]
    [InlineData("test:page")]
    public Task The_client_and_the_page_pass_their_tests(string script) => NodeScript.RunAsync(output, script);
}

/// <summary>Tabs of one browser that share a connection. Apart from the others, because they wait for minutes.</summary>
public sealed class SharedTabTests(ITestOutputHelper output)
{
    [Fact]
    public Task Tabs_that_share_a_connection_pass_their_tests() => NodeScript.RunAsync(output, "test:tabs");
}
