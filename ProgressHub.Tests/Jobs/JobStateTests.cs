using System.Text.Json;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Jobs;

public sealed class JobStateTests
{
    public static TheoryData<JobState> All() => new(Enum.GetValues<JobState>());

    [Theory, MemberData(nameof(All))]
    public void A_state_has_one_name_in_json_in_urls_and_in_the_store(JobState state)
    {
        Assert.Equal($"\"{state.Name()}\"", JsonSerializer.Serialize(state));
        Assert.Equal(state, JobStates.Parse(state.Name()));
        Assert.Equal(state, JobStates.Parse(state.Name().ToUpperInvariant()));
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("done"), InlineData("0")]
    public void Anything_else_names_no_state(string? name) => Assert.Null(JobStates.Parse(name));

    [Fact]
    public void Three_states_are_final() => Assert.Equal(
        [JobState.Succeeded, JobState.Failed, JobState.Canceled], Enum.GetValues<JobState>().Where(s => s.IsFinal()));
}
