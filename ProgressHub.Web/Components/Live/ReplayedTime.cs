namespace ProgressHub.Web.Components.Live;

/// <summary>The moment that is shown where a job is replayed: for what is below it, time stands still there.</summary>
/// <param name="At">The moment.</param>
public sealed record ReplayedTime(DateTimeOffset At);
