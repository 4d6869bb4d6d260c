using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Workloads.AspNetCore.Dialects.StreamingChat;

/// <summary>
/// The stages of a question and their places on this dialect's scale of 0 to 100. They are fixed, whatever part of the time
/// each takes; within a stage the scale goes with the share of that, a guess throughout, which does not fall within an attempt.
/// </summary>
internal static class ChatStages
{
    public const string Retrieving = "analyzing_rag";
    public const string Answering = "generating_llm";
    public const string Completed = "completed";

    private static readonly (string Name, int From, int To, int Plain)[] Scale =
    [
        ("processing", 0, 15, 10),
        (Retrieving, 15, 50, 30),
        (Answering, 55, 92, 70),
        (Completed, 92, 99, 95),
    ];

    /// <summary>Where a stage begins.</summary>
    public static int Begin(string stage) => Find(stage).From;

    /// <summary>Where a stage ends.</summary>
    public static int End(string stage) => Find(stage).To;

    /// <summary>What the plain events say of a stage.</summary>
    public static int Plain(string stage) => Find(stage).Plain;

    /// <summary>How far a job is; 100 exactly when it has succeeded.</summary>
    public static int Percent(JobSnapshot job)
    {
        if (job.State == JobState.Succeeded)
            return 100;
        if (job.Stage is not { } stage)
            return 0;
        var (_, from, to, _) = Find(stage);
        return (int)Math.Round(from + ((to - from) * Math.Clamp(job.StageFraction ?? 0, 0, 1)));
    }

    private static (string Name, int From, int To, int Plain) Find(string stage) =>
        Array.Find(Scale, s => s.Name == stage);
}
