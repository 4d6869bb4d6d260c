using System.Diagnostics;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>
/// The spans of one attempt, under the source <c>ProgressHub</c>: one for the attempt and, within it, one for each stage. It
/// costs nothing where nobody listens. Safe to use from any thread; what comes after its end has no effect.
/// </summary>
internal sealed class AttemptTrace
{
    /// <summary>What to listen to.</summary>
    public const string SourceName = "ProgressHub";

    /// <summary>
    /// The custom property of an attempt's span that is the span of its present stage. What a handler starts is under the
    /// attempt; who calls an engine finds the stage by this, whatever thread began it.
    /// </summary>
    private const string StageProperty = "progresshub.stage";

    private static readonly ActivitySource Source = new(SourceName);

    private readonly Lock _gate = new();
    private readonly Activity? _attempt;
    private Activity? _stage;
    private bool _ended;

    private AttemptTrace(Activity? attempt) => _attempt = attempt;

    /// <summary>Whether anybody listens.</summary>
    public static bool IsHeard => Source.HasListeners();

    /// <summary>A span as other processes name it (W3C Trace Context); null where it is not recorded.</summary>
    public static string? Parent(Activity? span) =>
        span is { Recorded: true, IdFormat: ActivityIdFormat.W3C } ? span.Id : null;

    /// <summary>Begins the span of an attempt; it is the current one of what is started from here.</summary>
    /// <param name="job">The job.</param>
    /// <param name="engine">What does the work.</param>
    /// <param name="submitted">The span that submitted it, as <see cref="Parent"/> named it; it may be long over.</param>
    public static AttemptTrace Begin(Job job, string? engine, string? submitted)
    {
        // What happens to run on this thread is no parent.
        Activity.Current = null;
        _ = ActivityContext.TryParse(submitted, null, isRemote: true, out var parent);
        var attempt = Source.StartActivity($"attempt {job.Kind}", ActivityKind.Consumer, parent);
        attempt?.SetTag("progresshub.job.id", job.Id.ToString());
        attempt?.SetTag("progresshub.job.kind", job.Kind);
        attempt?.SetTag("progresshub.attempt", job.Attempt);
        attempt?.SetTag("progresshub.engine", engine);
        return new AttemptTrace(attempt);
    }

    /// <summary>Begins the span of a stage; the one before it ends. A stage that goes on goes on.</summary>
    public void BeginStage(string name)
    {
        if (_attempt is null)
            return;
        lock (_gate)
        {
            if (_ended || _stage?.GetTagItem("progresshub.stage") as string == name)
                return;
            _stage?.Dispose();

            // Whoever begins a stage goes on under what is current there.
            var current = Activity.Current;
            _stage = Source.StartActivity($"stage {name}", ActivityKind.Internal, _attempt.Context);
            _stage?.SetTag("progresshub.stage", name);
            _attempt.SetCustomProperty(StageProperty, _stage);
            Activity.Current = current;
        }
    }

    /// <summary>
    /// Ends all spans. The outcome is <c>succeeded</c>, <c>canceled</c>, <c>retrying</c>, <c>lost</c>, <c>interrupted</c> or
    /// the code of the error that the job failed with.
    /// </summary>
    /// <param name="job">The job as the attempt leaves it.</param>
    /// <param name="lost">Whether another attempt has taken over.</param>
    public void End(JobSnapshot job, bool lost)
    {
        if (_attempt is null)
            return;
        var outcome = lost ? "lost" : OutcomeOf(job);
        var failed = !lost && job.State == JobState.Failed;
        lock (_gate)
        {
            _ended = true;
            End(_stage, failed, outcome);
        }

        _attempt.SetTag("progresshub.outcome", outcome);
        End(_attempt, failed, outcome);
    }

    private static string OutcomeOf(JobSnapshot job) => job.State switch
    {
        JobState.Succeeded => "succeeded",
        JobState.Canceled => "canceled",
        JobState.Failed => job.Error?.Code ?? "failed",
        JobState.Queued => "retrying",
        _ => "interrupted",
    };

    private static void End(Activity? span, bool failed, string outcome)
    {
        if (failed)
            span?.SetStatus(ActivityStatusCode.Error, outcome);
        span?.Dispose();
    }
}
