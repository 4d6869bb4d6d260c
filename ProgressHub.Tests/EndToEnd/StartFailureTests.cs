using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>A server that can't start says why in one line, whenever the reason shows, and never with a stack trace.</summary>
public sealed class StartFailureTests
{
    [Theory]
    [InlineData("Storage:Provider", "Postgres", "Storage:ConnectionString: Postgres needs to know where it is")]
    [InlineData("Storage:Provider", "Nonsense", "Storage")]
    [InlineData("Limits:WatchersPerJob", "-5", "WatchersPerJob")]
    [InlineData("Execution:MaxConcurrency", "none", "MaxConcurrency")]
    public async Task A_setting_that_is_not_valid_is_told_in_a_line(string key, string value, string reason)
    {
        await using var server = ServerProcess.Prepare((key, value));

        await Assert.ThrowsAsync<InvalidOperationException>(() => server.LaunchAsync().WaitAsync(Patience.Limit));

        // The end is heard of before the last words are.
        await Patience.UntilAsync(() => server.Output.Contains("ProgressHub can't run:", StringComparison.Ordinal), "the server says why");
        Assert.Contains(reason, server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", server.Output, StringComparison.Ordinal);
    }
}
