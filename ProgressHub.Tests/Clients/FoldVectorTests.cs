using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Clients;

/// <summary>
/// The golden vectors of the fold. Where the fold rightly changed, a run with <c>FOLD_VECTORS=write</c> writes the file
/// anew; Node's test then says what the client lacks.
/// </summary>
public sealed class FoldVectorTests
{
    [Fact]
    public void The_servers_fold_makes_what_the_file_says()
    {
        var made = FoldVectors.Make();
        if (Environment.GetEnvironmentVariable("FOLD_VECTORS") == "write")
            File.WriteAllText(Path.Combine(Repository.Root, FoldVectors.File), made);

        Assert.Equal(made, Repository.Read(FoldVectors.File).ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Every_type_of_event_is_met_in_every_state()
    {
        var types = typeof(JobEvent).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(JobEvent)));
        var states = FoldVectors.States.Keys.Select(StateOf);

        Assert.Empty(types.Except(FoldVectors.Events.Values.Select(e => e.GetType())));
        Assert.Empty(Enum.GetValues<JobState>().Except(states));
    }

    [Fact]
    public void A_cancel_that_meets_a_start_is_a_cancel()
    {
        var changes = FoldVectors.Vector("canceling before the start", "started")["changes"]!.AsObject();

        Assert.False(changes.ContainsKey("state"));
    }

    private static JobState StateOf(string name) => FoldVectors.States[name]
        .Select((jobEvent, i) => jobEvent with { Seq = i + 1 })
        .Aggregate(JobSnapshot.Empty(default, default), (snapshot, next) => snapshot.Apply(next)).State;
}
