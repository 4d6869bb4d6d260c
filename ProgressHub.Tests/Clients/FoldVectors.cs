using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Events;

namespace ProgressHub.Tests.Clients;

/// <summary>
/// What the server's fold makes of every event in every state, as one JSON file: the fold of each client is held to it.
/// An event of a vector is the one of that name, with the <c>seq</c> after its state's; <c>changes</c> are the members of
/// the snapshot that it changes, null for those that go.
/// </summary>
internal static class FoldVectors
{
    /// <summary>The file, from the repository's root.</summary>
    public const string File = "ProgressHub.Tests/Data/fold-vectors.json";

    private static readonly DateTimeOffset Start = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JobEvent Queued = EventSamples.All["queued"].Event;
    private static readonly JobEvent Started = EventSamples.All["started"].Event;
    private static readonly JobEvent One = EventSamples.All["stage"].Event;
    private static readonly JobEvent Two = new StageEvent("two", "Two", 2, 2);
    private static readonly JobEvent Progress = EventSamples.All["progress"].Event;
    private static readonly JobEvent Asked = EventSamples.All["inputRequired"].Event;
    private static readonly JobEvent Retrying = EventSamples.All["retrying"].Event;
    private static readonly JobEvent Canceling = EventSamples.All["canceling"].Event;
    private static readonly JobEvent Stalled = new ProgressEvent { Stage = "one", Fraction = 0.5, Message = "Silent", Stalled = true, Report = 7 };
    private static readonly JobSummary Summary = new(9912, []);

    private static readonly ProgressState Reported = new()
    {
        Stage = "one", Fraction = 0.6, StageFraction = 0.7, Current = 3, Total = 4, Unit = "files", Message = "Three of four",
        Eta = new Eta(500, 900, "rate", 5),
    };

    private static readonly JobEvent[] Working =
        [Queued, Started, One, Progress, new PartialEvent(0, 47, true, "a"), new PartialEvent(1, 47, false, Error: "no")];

    /// <summary>States, by name, as the events that lead to them.</summary>
    public static IReadOnlyDictionary<string, JobEvent[]> States { get; } = new Dictionary<string, JobEvent[]>
    {
        ["new"] = [],
        ["queued"] = [Queued],
        ["running, in no stage"] = [Queued, Started],
        ["running"] = Working,
        ["running, in the second stage"] = [.. Working, Two],
        ["running, back in the first stage"] = [.. Working, Two, One],
        ["stalled"] = [.. Working, Stalled],
        ["waiting"] = [.. Working, Asked],
        ["canceling"] = [.. Working, Canceling],
        ["canceling before the start"] = [Queued, Canceling],
        ["canceling while waiting"] = [.. Working, Asked, Canceling],
        ["retrying"] = [.. Working, Stalled, Retrying],
        ["second attempt"] = [.. Working, Retrying, Started, One],
        ["running, having used models"] = [.. Working, EventSamples.All["usage"].Event],
        ["succeeded"] = [.. Working, new DoneEvent(JobState.Succeeded, null, "/api/jobs/x/result", Summary)],
        ["failed"] = [.. Working, new DoneEvent(JobState.Failed, new JobError("broke", "It broke"), null, Summary)],
        ["canceled"] = [.. Working, new DoneEvent(JobState.Canceled, null, null, Summary)],
    };

    /// <summary>Events by name: one of each type with all it may carry, and others that differ in what they leave out.</summary>
    public static IReadOnlyDictionary<string, JobEvent> Events { get; } = new Dictionary<string, JobEvent>(
        EventSamples.All.Select(sample => KeyValuePair.Create(sample.Key, sample.Value.Event)))
    {
        ["queued with less"] = new QueuedEvent("translation", "Letter", null),
        ["started with less"] = new StartedEvent([new("one", "One", 1)]),
        ["stage two"] = Two,
        ["stage of no plan"] = new StageEvent("three", "Three", 3, 3),
        ["progress with less"] = new ProgressEvent(),
        ["progress of a silent program"] = Stalled,
        ["usage with less"] = new UsageEvent(5, 2, 1),
        ["partial"] = new PartialEvent(2, null, true, "b"),
        ["partial in place of a failed one"] = new PartialEvent(1, 47, true, "b") { Replaces = "failed" },
        ["inputRequired with less"] = new InputRequiredEvent("r2", "Why?", null, Start),
        ["inputReceived with less"] = new InputReceivedEvent("r1", null),
        ["log with progress"] = new LogEvent(JobLogLevel.Info, "Line") { Progress = Reported },
        ["stage with progress"] = Two with { Progress = Reported },
        ["partial with progress"] = new PartialEvent(3, 47, true, "c") { Progress = new ProgressState { Current = 4 } },
        ["canceling with progress"] = new CancelingEvent { Progress = Reported },
        ["done with progress"] = new DoneEvent(JobState.Failed, null, null, Summary) { Progress = Reported },
        ["done well"] = new DoneEvent(JobState.Succeeded, null, "/api/jobs/x/result", Summary),
        ["done badly"] = new DoneEvent(JobState.Failed, new JobError("broke", "It broke"), null, Summary),
        ["done by request"] = new DoneEvent(JobState.Canceled, new JobError("canceled", "Canceled"), null, Summary),
    };

    /// <summary>The whole file; a vector a line.</summary>
    public static string Make()
    {
        var text = new StringBuilder("{\"states\":{\n");
        foreach (var (name, events) in States)
        {
            var placed = Place(events);
            Line(text, name, new JsonObject { ["events"] = new JsonArray([.. placed.Select(Json)]), ["snapshot"] = Json(Fold(placed)) }, name == States.Keys.Last());
        }

        text.Append("},\"events\":{\n");
        foreach (var (name, jobEvent) in Events)
            Line(text, name, Json(EventSamples.Placed(jobEvent, seq: 0)), name == Events.Keys.Last());
        text.Append("},\"vectors\":[\n");
        text.AppendJoin(",\n", States.Keys.SelectMany(state => Events.Keys.Select(name => Vector(state, name).ToJsonString(Readable))));
        return text.Append("\n]}\n").ToString();
    }

    /// <summary>What an event changes, in a state.</summary>
    public static JsonObject Vector(string state, string name)
    {
        var before = Fold(Place(States[state]));
        var (old, fresh) = (Json(before), Json(before.Apply(EventSamples.Placed(Events[name], before.Seq + 1))));
        var changes = new JsonObject();
        foreach (var member in old.Select(m => m.Key).Union(fresh.Select(m => m.Key)).Order(StringComparer.Ordinal))
        {
            if (!JsonNode.DeepEquals(old[member], fresh[member]))
                changes[member] = fresh[member]?.DeepClone();
        }

        return new JsonObject { ["state"] = state, ["event"] = name, ["changes"] = changes };
    }

    private static JobSnapshot Fold(IEnumerable<JobEvent> events) =>
        events.Aggregate(JobSnapshot.Empty(EventSamples.Id, Start), (snapshot, next) => snapshot.Apply(next));

    private static List<JobEvent> Place(JobEvent[] events) => [.. events.Select((jobEvent, i) => jobEvent with
    {
        JobId = EventSamples.Id, Seq = i + 1, At = Start.AddSeconds(i), ElapsedMs = 100 * i, Attempt = Math.Sign(i),
    })];

    private static JsonObject Json(JobEvent jobEvent) => JsonNode.Parse(EventJson.Serialize(jobEvent))!.AsObject();

    private static JsonObject Json(JobSnapshot snapshot) => JsonNode.Parse(EventJson.Serialize(snapshot))!.AsObject();

    private static void Line(StringBuilder text, string name, JsonNode value, bool isLast) =>
        text.Append(JsonSerializer.Serialize(name)).Append(':').Append(value.ToJsonString(Readable)).Append(isLast ? "\n" : ",\n");
}
