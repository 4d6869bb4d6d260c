using System.Text.Json;
using ProgressHub.Client.Events;
using ProgressHub.Client.Jobs;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.ClientLibrary;

/// <summary>The client's fold, held to what the server's own makes of every event in every state.</summary>
public sealed class ClientFoldTests
{
    private static readonly JsonElement Vectors = JsonElement.Parse(Repository.Read("ProgressHub.Tests/Data/fold-vectors.json"));

    public static TheoryData<string> States => [.. Vectors.GetProperty("states").EnumerateObject().Select(state => state.Name)];

    [Theory]
    [MemberData(nameof(States))]
    public void The_events_that_lead_to_a_state_lead_there(string name)
    {
        var state = Vectors.GetProperty("states").GetProperty(name);
        var expected = Read(state.GetProperty("snapshot"));

        var folded = state.GetProperty("events").EnumerateArray().Select(EventReading.Read)
            .Aggregate(new JobSnapshot { JobId = expected.JobId, CreatedAt = expected.CreatedAt }, JobFold.Apply);

        AssertSame(expected, folded, name);
    }

    [Theory]
    [MemberData(nameof(States))]
    public void Every_event_changes_a_state_as_on_the_server(string name)
    {
        var before = Vectors.GetProperty("states").GetProperty(name).GetProperty("snapshot");
        var vectors = Vectors.GetProperty("vectors").EnumerateArray().Where(v => v.GetProperty("state").GetString() == name).ToList();
        Assert.True(vectors.Count > 20);

        foreach (var vector in vectors)
        {
            var what = vector.GetProperty("event").GetString()!;
            var happened = EventReading.Read(Vectors.GetProperty("events").GetProperty(what));

            var after = JobFold.Apply(Read(before), happened with { Seq = before.GetProperty("seq").GetInt64() + 1 });

            AssertSame(Read(Changed(before, vector.GetProperty("changes"))), after, what);
        }
    }

    [Fact]
    public void An_event_of_a_type_that_is_not_known_is_numbered_and_changes_nothing_else()
    {
        var happened = EventReading.Read(JsonElement.Parse("""{"jobId":"a","seq":4,"type":"paused","attempt":1,"elapsedMs":9,"by":{"x":1}}"""));

        Assert.Equal((typeof(JobEvent), "paused"), (happened.GetType(), happened.Type));
        Assert.Equal(
            new JobSnapshot { JobId = "a", Seq = 4, Attempt = 1, ElapsedMs = 9 },
            JobFold.Apply(new JobSnapshot { JobId = "a" }, happened));
    }

    [Fact]
    public void What_a_job_used_of_models_is_in_its_event_its_state_and_its_summary()
    {
        var used = new JobUsage(1200, 300, 2) { Estimated = true, Cost = 0.0042m, Currency = "USD" };
        const string Wire = "\"inputTokens\":1200,\"outputTokens\":300,\"calls\":2,\"estimated\":true,\"cost\":0.0042,\"currency\":\"USD\"";

        var told = Assert.IsType<UsageEvent>(EventReading.Read(JsonElement.Parse($$"""{"jobId":"a","seq":1,"type":"usage",{{Wire}}}""")));
        var done = Assert.IsType<DoneEvent>(EventReading.Read(JsonElement.Parse(
            "{\"jobId\":\"a\",\"seq\":2,\"type\":\"done\",\"state\":\"succeeded\",\"summary\":{\"totalMs\":9,\"stages\":[{\"name\":\"one\",\"ms\":8}],\"usage\":{"
            + Wire + "}}}")));

        Assert.Equal(used, told.Usage);
        Assert.Equal(used, JobFold.Apply(new JobSnapshot { JobId = "a" }, told).Usage);
        Assert.Equal((9, new StageDuration("one", 8), used), (done.Summary.TotalMs, Assert.Single(done.Summary.Stages), done.Summary.Usage));
    }

    [Theory]
    [InlineData("""{"state":"paused"}""", JobState.Unknown), InlineData("""{"state":"waitingForInput"}""", JobState.WaitingForInput)]
    public void A_state_of_a_later_server_is_no_error(string json, JobState state) =>
        Assert.Equal(state, Read(JsonElement.Parse(json.Replace("{", """{"jobId":"a",""", StringComparison.Ordinal))).State);

    private static JobSnapshot Read(JsonElement json) => json.Deserialize(JobJson.Default.JobSnapshot)!;

    private static JsonElement Changed(JsonElement before, JsonElement changes)
    {
        var all = before.EnumerateObject().ToDictionary(p => p.Name, p => p.Value);
        foreach (var change in changes.EnumerateObject())
            all[change.Name] = change.Value;
        return JsonSerializer.SerializeToElement(all);
    }

    // Records compare their lists by reference; their JSON says all of them.
    private static void AssertSame(JobSnapshot expected, JobSnapshot actual, string what) => Assert.True(
        Text(expected) == Text(actual), $"{what}:\n{Text(expected)}\n{Text(actual)}");

    // What this version did not read, it could not tell from what is not there.
    [Fact]
    public void Every_member_of_the_servers_snapshots_is_read()
    {
        var known = typeof(JobSnapshot).GetProperties().Select(p => JsonNamingPolicy.CamelCase.ConvertName(p.Name)).ToHashSet();
        var sent = Vectors.GetProperty("states").EnumerateObject().SelectMany(s => s.Value.GetProperty("snapshot").EnumerateObject()).Select(m => m.Name);

        Assert.Empty(sent.Distinct().Except(known));
    }

    private static string Text(JobSnapshot snapshot) => JsonSerializer.Serialize(snapshot, JobJson.Default.JobSnapshot);
}
