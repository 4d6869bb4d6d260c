using ProgressHub.Web.Components.Watching;

namespace ProgressHub.Web.Components.Replay;

/// <summary>A job as it was.</summary>
/// <param name="View">Its state then, with its last lines and pieces.</param>
/// <param name="At">When that was.</param>
internal sealed record ReplayMoment(JobView View, DateTimeOffset At);
