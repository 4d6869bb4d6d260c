using System.Globalization;
using System.Text.Encodings.Web;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Watching;

/// <summary>Fills a job's state into the template. Whatever a job says is text here, never markup.</summary>
internal static class WatchPage
{
    private const string Refresh = "<noscript><meta http-equiv=\"refresh\" content=\"5\"></noscript>";

    /// <summary>Replaces each <c>{{name}}</c>, once: what a job says is not searched for names.</summary>
    public static string Fill(string template, JobSnapshot snapshot)
    {
        var parts = template.Split("{{");
        for (var i = 1; i < parts.Length; i++)
        {
            var end = parts[i].IndexOf("}}", StringComparison.Ordinal);
            var value = end < 0 ? null : ValueOf(parts[i][..end].Trim(), snapshot);
            parts[i] = value is null ? "{{" + parts[i] : value + parts[i][(end + 2)..];
        }

        return string.Concat(parts);
    }

    private static string? ValueOf(string name, JobSnapshot snapshot) => name switch
    {
        "refresh" => snapshot.IsFinal ? "" : Refresh,
        "jobId" => Encode(snapshot.JobId.ToString()),
        "title" => Encode(snapshot.Title),
        "kind" => Encode(snapshot.Kind),
        "state" => Encode(snapshot.State.Name()),
        "percent" => ((int)(snapshot.Fraction * 100)).ToString(CultureInfo.InvariantCulture),
        "message" => Encode(snapshot.Error?.Message ?? snapshot.PendingInput?.Question ?? snapshot.Message ?? ""),
        "stage" => Encode(LabelOf(snapshot)),
        "elapsed" => Elapsed(TimeSpan.FromMilliseconds(snapshot.ElapsedMs)),
        _ => null,
    };

    private static string LabelOf(JobSnapshot snapshot) =>
        snapshot.Stages.FirstOrDefault(s => s.Name == snapshot.Stage)?.Label ?? snapshot.Stage ?? "";

    private static string Elapsed(TimeSpan elapsed) => elapsed.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(int)elapsed.TotalHours}:{elapsed.Minutes:00}:{elapsed.Seconds:00}")
        : string.Create(CultureInfo.InvariantCulture, $"{elapsed.Minutes}:{elapsed.Seconds:00}");

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
