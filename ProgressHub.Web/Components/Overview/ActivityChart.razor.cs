using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Web.Components.Live;

namespace ProgressHub.Web.Components.Overview;

/// <summary>How many jobs were submitted in each of the last hours, and what became of them.</summary>
public sealed partial class ActivityChart
{
    private const double Height = 120;

    /// <summary>What is drawn.</summary>
    [Parameter, EditorRequired]
    public RecentActivity Activity { get; set; } = null!;

    [Inject]
    private ReaderClock Clock { get; set; } = null!;

    private int Most => Activity.ByHour.Max(hour => hour.All);

    private string Spoken => L["{0} jobs in {1} hours, {2} failed", Activity.All, RecentActivity.Hours, Activity.Failed];

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private string TitleOf(ActivityHour hour) => L["{0}: {1} succeeded, {2} failed, {3} others",
        $"{Clock.ToLocal(hour.From):HH:mm}–{Clock.ToLocal(hour.From.AddHours(1)):HH:mm}", hour.Succeeded, hour.Failed, hour.Other];

    private IEnumerable<(string Tone, double Top, double Height)> Parts(ActivityHour hour)
    {
        var bottom = Height;
        foreach (var (tone, count) in new[] { ("succeeded", hour.Succeeded), ("failed", hour.Failed), ("other", hour.Other) })
        {
            if (count == 0)
                continue;
            var height = Height * count / Math.Max(1, Most);
            bottom -= height;
            yield return (tone, bottom, height);
        }
    }
}
