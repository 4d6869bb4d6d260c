using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Events;

/// <summary>One of every event, with every field filled, and what it looks like on the wire.</summary>
internal static class EventSamples
{
    public const string IdText = "5f0c0123456789abcdef0123456789ab";
    public const string RetryOfText = "aaaa0123456789abcdef0123456789ab";

    public static readonly JobId Id = JobId.Parse(IdText, null);
    public static readonly DateTimeOffset At = new DateTimeOffset(2026, 11, 20, 11, 0, 0, 123, TimeSpan.FromHours(1)).AddTicks(4567);

    public static readonly Dictionary<string, (JobEvent Event, string Fields)> All = new()
    {
        ["queued"] = (
            new QueuedEvent("translation", "Letter", 3, ["a", "b"], JobId.Parse(RetryOfText, null)),
            $$""" "kind":"translation","title":"Letter","position":3,"tags":["a","b"],"retryOf":"{{RetryOfText}}" """),
        ["started"] = (
            new StartedEvent([new("one", "One", 0.25), new("two", "Two", 0.75)], "apertium"),
            """ "stages":[{"name":"one","label":"One","weight":0.25},{"name":"two","label":"Two","weight":0.75}],"engine":"apertium" """),
        ["stage"] = (
            new StageEvent("one", "One", 1, 2) { ExpectedMs = 3000 }, """ "stage":"one","label":"One","index":1,"count":2,"expectedMs":3000 """),
        ["progress"] = (
            new ProgressEvent
            {
                Stage = "one", Fraction = 0.42, StageFraction = 0.5, Current = 12, Total = 47, Unit = "batches",
                Message = "Batch 12 of 47", Estimated = true, Eta = new Eta(41000, 58000, "history", 18),
            },
            """ "stage":"one","fraction":0.42,"stageFraction":0.5,"current":12,"total":47,"unit":"batches","message":"Batch 12 of 47","estimated":true,"eta":{"p50Ms":41000,"p90Ms":58000,"basis":"history","samples":18} """),
        ["log"] = (
            new LogEvent(JobLogLevel.Warning, "Careful", 1, 4, 250),
            """ "level":"warning","message":"Careful","step":1,"totalSteps":4,"durationMs":250 """),
        ["partial"] = (
            new PartialEvent(12, 47, false, "Text", JsonElement.Parse("""{"a":[1]}"""), "Why") { Replaces = "ok" },
            """ "index":12,"total":47,"ok":false,"text":"Text","data":{"a":[1]},"error":"Why","replaces":"ok" """),
        ["usage"] = (
            new UsageEvent(1200, 340, 3) { Estimated = true, Cost = 0.00125m, Currency = "USD" },
            """ "inputTokens":1200,"outputTokens":340,"calls":3,"estimated":true,"cost":0.00125,"currency":"USD" """),
        ["inputRequired"] = (
            new InputRequiredEvent("r1", "Which?", ["this", "that"], At),
            """ "requestId":"r1","question":"Which?","options":["this","that"],"deadline":"2026-11-20T10:00:00.123Z" """),
        ["inputReceived"] = (
            new InputReceivedEvent("r1", "this"), """ "requestId":"r1","answer":"this" """),
        ["retrying"] = (
            new RetryingEvent("Busy", 1500), """ "reason":"Busy","delayMs":1500 """),
        ["canceling"] = (new CancelingEvent(), ""),
        ["tags"] = (new TagsEvent(["b", "c"]), """ "tags":["b","c"] """),
        ["done"] = (
            new DoneEvent(JobState.Failed, new JobError("items_failed", "2 parts failed"), "/api/jobs/x/result",
                new JobSummary(9912, [new("one", 900)], new JobUsage(5, 2, 1))) { Outcome = JobOutcomes.NoAnswer },
            """ "state":"failed","error":{"code":"items_failed","message":"2 parts failed"},"resultUrl":"/api/jobs/x/result","summary":{"totalMs":9912,"stages":[{"name":"one","ms":900}],"usage":{"inputTokens":5,"outputTokens":2,"calls":1}},"outcome":"noAnswer" """),
    };

    public static TheoryData<string> Types() => new(All.Keys);

    /// <summary>The event in its place: seq 18, attempt 2, 9,912 ms after the beginning.</summary>
    public static JobEvent Placed(JobEvent jobEvent, long seq = 18) =>
        jobEvent with { JobId = Id, Seq = seq, At = At, Attempt = 2, ElapsedMs = 9912 };

    public static string Json(string type)
    {
        var fields = All[type].Fields.Trim();
        return $$"""{"jobId":"{{IdText}}","seq":18,"at":"2026-11-20T10:00:00.123Z","type":"{{type}}","attempt":2,"elapsedMs":9912{{(fields.Length > 0 ? "," : "")}}{{fields}}}""";
    }
}
