using System.Globalization;
using ProgressHub.Core.Events;
using ProgressHub.Web.Components.Shared;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Watching;

/// <summary>Where a stage stands on the job's axis of time: as it was planned, and as it went.</summary>
/// <param name="Planned">The style of its planned stretch.</param>
/// <param name="Actual">The style of its actual one; of no width before it has begun.</param>
/// <param name="Title">Both in words.</param>
internal sealed record StageSpan(string Planned, string Actual, string Title)
{
    /// <summary>The spans by stage; none before the job has begun.</summary>
    public static IReadOnlyDictionary<string, StageSpan> Of(JobSnapshot job, DateTimeOffset now)
    {
        var spans = new Dictionary<string, StageSpan>();
        if (job.StartedAt is not { } started || job.Stages.Count == 0)
            return spans;

        var begun = job.Stages.Where(s => s.StartedMs is not null).Select(s => (double)s.StartedMs!.Value).DefaultIfEmpty(0).Min();
        var passed = Math.Max(1, ((job.FinishedAt ?? now) - started).TotalMilliseconds - begun);
        var whole = job is { IsFinal: false, Eta: { } eta } ? passed + eta.P50Ms : passed;
        var plannedAt = 0.0;
        foreach (var stage in job.Stages)
        {
            var from = (stage.StartedMs ?? 0) - begun;
            var took = stage switch
            {
                { StartedMs: null } => 0,
                { Ms: { } ms } => ms,
                _ => Math.Max(0, passed - from),
            };
            spans[stage.Name] = new StageSpan(
                Stretch(plannedAt, stage.Weight),
                Stretch(from / whole, took / whole),
                stage.StartedMs is null ? UiText.Of("Planned {0}", Durations.Exact(stage.Weight * whole)) : UiText.Of("Planned {0}, took {1}", Durations.Exact(stage.Weight * whole), Durations.Exact(took)));
            plannedAt += stage.Weight;
        }

        return spans;
    }

    private static string Stretch(double from, double length) => string.Create(
        CultureInfo.InvariantCulture, $"left:{Math.Clamp(from, 0, 1) * 100:0.##}%;width:{Math.Clamp(length, 0, 1 - Math.Clamp(from, 0, 1)) * 100:0.##}%");
}
