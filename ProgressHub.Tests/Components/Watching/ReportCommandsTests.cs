using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Watching;

namespace ProgressHub.Tests.Components.Watching;

public sealed class ReportCommandsTests
{
    [Fact]
    public void Nothing_in_a_title_or_a_stage_ends_the_quotes_around_it()
    {
        Assert.Equal(
            @"examples/progresshub-run -u 'http://x:1' -t 'It'\''s $(rm -rf /)' -b 5 COMMAND",
            ReportCommands.Run("http://x:1/", "It's $(rm -rf /)", "5"));
        Assert.Equal(
            @"report updates '{""number"": 2, ""stage"": ""a'\''\""b"", ""current"": 3, ""total"": 20, ""message"": ""Reading c.csv""}'",
            ReportCommands.Update("a'\"b", 2));
    }

    [Fact]
    public void A_heartbeat_that_is_no_number_and_a_title_of_blanks_are_left_out() =>
        Assert.Equal("examples/progresshub-run -u 'http://x:1' COMMAND", ReportCommands.Run("http://x:1/", " ", "; ls"));

    [Fact]
    public void The_values_stand_in_the_commands()
    {
        var id = JobId.New();

        var setup = ReportCommands.Setup("http://x:1/", id, "secret");

        Assert.StartsWith("token='secret'", setup, StringComparison.Ordinal);
        Assert.Contains($"\"http://x:1/api/jobs/{id}/$1\"", setup, StringComparison.Ordinal);
    }
}
