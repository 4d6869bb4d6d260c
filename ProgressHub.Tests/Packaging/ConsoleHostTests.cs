namespace ProgressHub.Tests.Packaging;

/// <summary>The console host of the examples as the solution builds it.</summary>
public sealed class ConsoleHostTests
{
    [Fact]
    public Task It_shows_a_job_from_its_first_event_to_its_last() =>
        ConsoleHostRun.AssertShowsJobAsync(Examples.ProgramOf("ConsoleHost"));
}
